"""Builds the generated reference pages from the code, the policy, the layouts and the tests' cases.

python docs/build.py [--check]      --check writes nothing and fails where a page is stale
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS.parent), str(DOCS)]

from pages import commands, errors, functions, layouts, lists, policy, terms  # noqa: E402 (they need the path set above)

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
    """Writes every page, or with --check says which are stale."""
    if arguments == ["--check"]:
        for path in (old := stale()):
            print(f"{path.relative_to(DOCS.parent)} is stale; run make docs", file=sys.stderr)
        return int(bool(old))
    for path, text in built().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
