"""The check of the pages sees each kind of fault, and none in a page that has none."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def check():
    """docs/check.py: docs is a folder of scripts, no package."""
    spec = importlib.util.spec_from_file_location("docs_check", ROOT / "docs" / "check.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SOUND = """\
# Title

[Below](#whats-below-it), [there](docs/there.md#there), ![a picture](docs/pictures/a.png), `xlcredit run LEDGER --as-of …`,
`--set limit.step=500`, `policy.fingerprint`, `=CREDIT_SCORE(A1:F3)`.

## What's below: it

```
# no heading, [no link](nowhere.md), and as wide as it is: --------------------------------------------------------------------
```
"""


@pytest.fixture
def pages(tmp_path):
    """A README and what it leads to."""
    (tmp_path / "docs" / "pictures").mkdir(parents=True)
    (tmp_path / "docs" / "pictures" / "a.png").touch()
    (tmp_path / "docs" / "there.md").write_text("# There\n\nText.\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(SOUND, encoding="utf-8")
    return tmp_path


def test_a_page_without_faults_has_none(check, pages) -> None:
    assert [] == check.faults(pages)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[gone](docs/gone.md)", "the link docs/gone.md leads nowhere"),
        ("[gone](#gone)", "the link #gone names no heading of its page"),
        ("[gone](docs/there.md#gone)", "the link docs/there.md#gone names no heading of its page"),
        ("![](docs/pictures/a.png)", "the picture docs/pictures/a.png says nothing"),
        ("## Empty", "nothing stands below the heading Empty"),
        ("### Deep\n\nText.", "a level is left out before the heading Deep"),
        ("## Twice\n\nText.\n\n## Twice\n\nText.", "headings share the anchor twice"),
        ("# Another title\n\nText.", "a page has one title, and begins with it"),
        ("```\nno end", "a block of code has no end"),
        ("x" * 133, f"a line of 133 characters: {'x' * 40} …"),
        ("`xlcredit reveiw`", "there is no command xlcredit reveiw"),
        ("`xlcredit check --pack`", "there is no option --pack of xlcredit check"),
        ("`--packs`", "there is no option --packs"),
        ("`limit.stepp`", "there is no key limit.stepp in a policy"),
        ("`--set grades.B.form=70`", "there is no key grades.B.form in a policy"),
        ("`=CREDIT_SCROE(A1)`", "there is no function CREDIT_SCROE"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_page(check, pages, text, fault) -> None:
    readme = pages / "README.md"
    links = "[there](docs/there.md) ![a picture](docs/pictures/a.png)"
    readme.write_text(f"# Title\n\n{links}\n\n{text}\n", encoding="utf-8")
    assert f"README.md: {fault}" in check.faults(pages)


def test_a_page_and_a_picture_that_nothing_leads_to_are_named(check, pages) -> None:
    (pages / "docs" / "lost.md").write_text("# Lost\n\n[Home](../README.md)\n", encoding="utf-8")
    (pages / "docs" / "pictures" / "lost.png").touch()
    assert ["docs/lost.md: no page leads to it", "docs/pictures/lost.png: no page leads to it"] == check.faults(pages)


def test_a_generated_page_may_have_long_lines(check, pages) -> None:
    page = pages / "docs" / "there.md"
    page.write_text(f"{check.GENERATED} -->\n# There\n\n{'x' * 200}\n", encoding="utf-8")
    assert [] == check.faults(pages)
