"""The commands that the README, the tutorial and the how-tos show are run, and print what the pages say they do.

In a ``console`` block a line ``$ xlcredit …`` is run, the lines after it are what it prints ("…" alone on a line stands
for any lines), and ``$ echo $?`` tells an exit code other than 0. A block named after a file (```toml ours.toml) is
put into that file. LEDGER.xlsx is the demo ledger. --update-golden writes the output into the pages. A ``python``
block is run, too, and prints the block below it.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from workbooks import build_demo
from xlcredit import cli

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("tutorial*.md")),
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
]
BLOCK = re.compile(r"^```(\w+) ?([\w.]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAM = re.compile(r"^```python\n(.*?)^```\s+^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"


@dataclass
class Step:
    """A command of a page, the lines it shows below, the exit code it tells."""

    command: str
    printed: list[str]
    code: int = 0


@pytest.fixture(scope="session")
def demo_ledger(tmp_path_factory) -> Path:
    return build_demo(tmp_path_factory.mktemp("demo") / "demo-ledger.xlsx")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_a_page_do_what_it_says(
    page, demo_ledger, tmp_path, monkeypatch, capsys, update_golden
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    shutil.copy(demo_ledger, "LEDGER.xlsx")
    text = page.read_text(encoding="utf-8")
    fresh = text
    for kind, name, body in BLOCK.findall(text):
        if name:
            Path(name).write_text(body, encoding="utf-8")
        elif kind == "console":
            done = [run(step, capsys) for step in steps(body)]
            if not update_golden:
                for step, printed in done:
                    assert_like(step.printed, printed, step.command)
            fresh = fresh.replace(body, "".join(rendered(step, printed) for step, printed in done), 1)
    if update_golden and page != ROOT / "README.md":
        page.write_text(fresh, encoding="utf-8")


PROGRAMS = [page for page in PAGES if PROGRAM.search(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", PROGRAMS, ids=lambda page: page.stem)
def test_the_programs_of_a_page_print_what_it_shows(page, demo_ledger, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(demo_ledger, "LEDGER.xlsx")
    for program, printed in PROGRAM.findall(page.read_text(encoding="utf-8")):
        exec(compile(program, page.name, "exec"), {})
        assert printed.rstrip() == capsys.readouterr().out.rstrip()


def test_no_program_goes_untried() -> None:
    shown = [text.count("```python") for text in (page.read_text(encoding="utf-8") for page in PROGRAMS)]
    assert PROGRAMS
    assert shown == [len(PROGRAM.findall(page.read_text(encoding="utf-8"))) for page in PROGRAMS]


def steps(body: str) -> list[Step]:
    """The commands of a console block."""
    found: list[Step] = []
    telling = False
    for line in body.splitlines():
        if line == "$ echo $?":
            telling = True
        elif telling:
            found[-1].code, telling = int(line), False
        elif line.startswith("$ "):
            found.append(Step(line[2:], []))
        else:
            found[-1].printed.append(line)
    return found


def run(step: Step, capsys) -> tuple[Step, list[str]]:
    """The step, and what its command prints."""
    program, *arguments = shlex.split(step.command)
    assert "xlcredit" == program
    assert step.code == cli.main(arguments), step.command
    printed = capsys.readouterr()
    return step, (printed.out + printed.err).rstrip("\n").splitlines()


def rendered(step: Step, printed: list[str]) -> str:
    """The step as the page shows it; a page that shows nothing or "…" goes on doing so."""
    shown = step.printed if ANYTHING in step.printed else printed
    told = ["$ echo $?", str(step.code)] if step.code else []
    return "".join(f"{line}\n" for line in (f"$ {step.command}", *shown, *told))


def assert_like(shown: list[str], printed: list[str], command: str) -> None:
    """The lines printed are those shown, whatever stands for "…"."""
    if not shown:  # a page may show a command alone
        return
    pattern = "".join(r"(?:.*\n)*" if line == ANYTHING else f"{re.escape(line.rstrip())}\n" for line in shown)
    text = "".join(f"{line.rstrip()}\n" for line in printed)
    assert re.fullmatch(pattern, text), f"$ {command}\n{text}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_shows_a_command(page) -> None:
    assert any(True for _ in commands_of(page))


def commands_of(page: Path) -> Iterator[str]:
    for kind, _, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "console":
            yield from (step.command for step in steps(body))
