"""What is wrong with the pages as pages: links that lead nowhere, words for commands, keys and functions that there are
none of, pages nobody links to. The build fails where there is anything.
"""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from udfs.catalogue import functions  # noqa: E402 (the checkout is put on the path first)
from xlcredit.cli.options import parser  # noqa: E402
from xlcredit.policy.keys import POLICY  # noqa: E402
from xlcredit.policy.shapes import Entries, Open, Shape, Table  # noqa: E402

WIDEST = 132
"""Characters of a line of text; tables, what commands print and generated pages are as wide as they are."""

GENERATED = "<!-- Written by docs/build.py"
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(([^()\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
OPTION = re.compile(r"--?[a-z][a-z-]*$")
KEY = re.compile(r"(?:--set )?([a-z_]+(?:\.[A-Za-z0-9_]+)+)(?:=\S*)?$")
FUNCTION = re.compile(r"\b((?:CREDIT|DUNNING|AGING|ALTMAN)_[A-Z0-9_]+)\b")


def faults(root: Path = ROOT) -> list[str]:
    """Every fault of every page, with page and place."""
    pages = {page: page.read_text(encoding="utf-8") for page in [*root.glob("*.md"), *root.glob("docs/**/*.md")]}
    found = [f"{page.relative_to(root)}: {fault}" for page, text in pages.items() for fault in _of_page(page, text)]
    return [*found, *(f"{path.relative_to(root)}: no page leads to it" for path in _orphans(root, pages))]


def anchors(text: str) -> list[str]:
    """What links may name after #: the headings in lower case, spaces as hyphens, without punctuation."""
    return [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in _headings(text)]


def _of_page(page: Path, text: str) -> Iterator[str]:
    if text.count("```") % 2:
        yield "a block of code has no end"
    yield from _headed(text)
    yield from _linked(page, text)
    yield from map(_spelled, dict.fromkeys(_unknown(text)))
    if not text.startswith(GENERATED):
        for line in FENCED.sub("", text).splitlines():
            if len(line) > WIDEST and not line.startswith("|"):
                yield f"a line of {len(line)} characters: {line[:40]} …"


def _spelled(what: str) -> str:
    return f"there is no {what}"


def _headings(text: str) -> list[tuple[int, str]]:
    return [(len(marks), title) for marks, title in HEADING.findall(FENCED.sub("", text))]


def _headed(text: str) -> Iterator[str]:
    """Headings: one at the top, no level left out, none twice, none without text below."""
    found = _headings(text)
    if [level for level, _ in found].count(1) != 1 or found[0][0] != 1:
        yield "a page has one title, and begins with it"
    for (level, _), (deeper, title) in pairwise(found):
        if deeper > level + 1:
            yield f"a level is left out before the heading {title}"
    for anchor, count in Counter(anchors(text)).items():
        if count > 1:
            yield f"headings share the anchor {anchor}"
    _, *parts = HEADING.split(FENCED.sub("code", text))
    marks, titles, texts = parts[::3], parts[1::3], parts[2::3]
    for mark, following, title, below in zip(marks, [*marks[1:], "#"], titles, texts, strict=True):
        if not below.strip() and len(following) <= len(mark):
            yield f"nothing stands below the heading {title}"


def _linked(page: Path, text: str) -> Iterator[str]:
    """Links and pictures that lead nowhere, pictures that say nothing to who cannot see them."""
    for picture, words, target in LINK.findall(FENCED.sub("", text)):
        path, _, anchor = unquote(target).partition("#")
        if target.startswith(("https:", "mailto:")):
            continue
        there = page.parent / path if path else page
        if not there.exists():
            yield f"the link {target} leads nowhere"
        elif anchor and anchor not in anchors(there.read_text(encoding="utf-8")):
            yield f"the link {target} names no heading of its page"
        if picture and not words:
            yield f"the picture {target} says nothing"


def _orphans(root: Path, pages: dict[Path, str]) -> Iterator[Path]:
    """Pages and pictures that the README does not lead to, by however many steps."""
    reached, left = set(), [root / "README.md"]
    while left:
        page = left.pop()
        if page not in reached:
            reached.add(page)
            targets = (target.partition("#")[0] for _, _, target in LINK.findall(pages.get(page, "")))
            left += [(page.parent / target).resolve() for target in targets if target and ":" not in target]
    yield from sorted({*pages, *root.glob("docs/pictures/*")} - reached)


def _unknown(text: str) -> Iterator[str]:
    """Commands, options, keys of the policy and functions that a page names and that there are none of."""
    for said in CODE.findall(FENCED.sub("", text)):
        if said.startswith("xlcredit "):
            yield from _of_command(said)
        elif OPTION.match(first := said.split()[0]) and first not in {"-v", *_all_options()}:
            yield f"option {first}"
        elif (key := KEY.match(said)) and not _is_key(POLICY, key[1].split(".")):
            yield f"key {key[1]} in a policy"
    known = {each.name for each in functions()}
    yield from (f"function {name}" for name in FUNCTION.findall(text) if name not in known)


def _of_command(said: str) -> Iterator[str]:
    words = shlex.split(said.replace("…", ""))[1:]
    options = _commands()
    named = next((" ".join(words[:end]) for end in (2, 1) if " ".join(words[:end]) in options), None)
    if named is None and not words[0].startswith("-"):
        yield f"command {said}"
        return
    allowed = options.get(named or "", _all_options())
    for word in words:
        if OPTION.match(word) and word not in allowed:
            yield f"option {word} of xlcredit {named}"


@cache
def _commands() -> dict[str, set[str]]:
    """Every command with its options."""
    return dict(_below(parser(), ""))


def _below(top: argparse.ArgumentParser, before: str) -> Iterator[tuple[str, set[str]]]:
    for action in top._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, command in action.choices.items():
                yield f"{before}{name}", {word for each in command._actions for word in each.option_strings}  # noqa: SLF001
                yield from _below(command, f"{before}{name} ")


def _all_options() -> set[str]:
    return {"--version", *(word for options in _commands().values() for word in options)}


def _is_key(shape: Shape, path: list[str]) -> bool:
    """Whether a policy may have this key; what begins with none of its sections is something else."""
    if not path:
        return True
    match shape:
        case Table():
            top = shape is POLICY
            return _is_key(shape.keys[path[0]], path[1:]) if path[0] in shape.keys else top
        case Open():
            return _is_key(shape.shape, path[1:])
        case Entries():
            return _is_key(shape.table, path[1:])
    return False
