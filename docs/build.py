"""Builds the generated reference pages from the code, the policy, the layouts and the tests' cases.

python docs/build.py [--check]      --check writes nothing and fails where a page is stale, too

It fails where any page has a fault that docs/check.py sees.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS.parent), str(DOCS)]

import check  # noqa: E402 (it needs the path set above)
from pages import commands, errors, functions, layouts, lists, policy, terms  # noqa: E402

PAGES: dict[str, Callable[[], str]] = {
    "commands": commands.page,
    "functions": functions.page,
    "functions-zh": partial(functions.page, "zh"),
    "policy": policy.page,
    "errors": errors.page,
    "terms": terms.page,
    "layouts": layouts.page,
    "lists": lists.page,
}
"""Page of docs/reference → what makes it; json.md is written by hand and its keys are tested."""


def stale() -> list[Path]:
    """Pages that are not what would be built."""
    return [path for path, text in built().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def built() -> dict[Path, str]:
    """Each page's path and text."""
    note = "<!-- Written by docs/build.py (make docs); edit what it is made from. -->\n"
    return {DOCS / "reference" / f"{name}.md": f"{note}{make()}" for name, make in PAGES.items()}


def main(arguments: list[str]) -> int:
    """Writes every page, or with --check says which are stale; says what is wrong with any page."""
    faults = []
    if arguments == ["--check"]:
        faults = [f"{path.relative_to(DOCS.parent)} is stale; run make docs" for path in stale()]
    else:
        for path, text in built().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for fault in (faults := [*faults, *check.faults()]):
        print(fault, file=sys.stderr)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
