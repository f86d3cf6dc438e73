"""Documents: a ledger goes in, and a letter comes out that says this, word for word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letters.sample import ITEMS, made, policy, written
from tests.support.schema import errors
from tests.support.word import dump, said
from workbooks.letter_templates import LETTERS, template
from xlcredit.excel.pack.palette import contrast
from xlcredit.kernel.errors import WorkbookError
from xlcredit.letters import fields
from xlcredit.letters.document import Template
from xlcredit.letters.templates import builtin, templates
from xlcredit.letters.write import document
from xlcredit.locales import LANGUAGES, Words

LETTER = made()[1]
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_polite_a_firm_and_a_lawyer_s_letter_say_this(lang: str, update_golden: bool) -> None:
    letters = made(f"letters.language={lang}")
    found = "\n\n".join(f"=== {letter.letter}\n{dump(written(letter))}" for letter in letters) + "\n"
    golden = GOLDEN / f"letters.{lang}.txt"
    if update_golden:
        golden.write_text(found, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == found
    assert [letter.letter for letter in letters] == list(LETTERS)


@pytest.mark.parametrize("name", builtin())
def test_texts_of_a_letter_stand_out_from_their_ground(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(builtin()[name])) as package:
        xml = "".join(package.read(part).decode() for part in package.namelist())
    inks = {"000000", *re.findall(r'<w:color w:val="(\w{6})"', xml)}
    grounds = {"FFFFFF", *re.findall(r'w:fill="(\w{6})"', xml)}
    assert len(grounds) == 2
    assert min(contrast(ink, ground) for ink in inks for ground in grounds) >= 4.5


def test_what_is_empty_leaves_no_line() -> None:
    """C2 has neither an address nor, by this policy, a lawyer who says where he is reached."""
    letter = replace(made(customers="customer\nC2")[2], customer="C2", name="C2")
    lines = dump(written(letter, "letters.lawyer_contact=")).split("\n")
    assert lines[:3] == ["正合律师事务所 {Small b}", "C2", "31~October 2026 {right}"]
    assert [line for line in lines if not line.split("{")[0].strip()] == [" {Small}"]  # parts the two tables


def test_a_cell_without_a_text_keeps_its_paragraph():
    items = ITEMS.replace("2026-10-05", "          ")
    lines = said(written(made("letters.language=en", items=items)[0]))
    assert "R-1 |  | 2026-11-04 | due in 4 days | EUR | 1,000.00" in lines


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS)
def test_every_builtin_template_says_all_that_a_letter_must(letter, lang):
    asked = Template("any.docx", builtin()[f"{letter}.{lang}.docx"]).fields
    money = {"document", "due_date", "days", "amount", "currency", "claim_currency", "claim_total", "claimed"}
    people = {"sender", "recipient", "accounts", "reference", "date", "reply_by", "notes"}
    charged = set() if letter == "reminder" else {"rate", "interest", "claim_interest", "claim_fixed_sum", "claim_fee"}
    signed = {"lawyer"} if letter == "lawyer" else {"signature", "contact"}
    assert money | people | charged | signed <= asked


def test_the_how_to_lists_every_field_and_no_other():
    letter, words = made()[1], Words.of("en")
    rows = (fields.texts(letter, policy(), words), fields.items(letter, words)[0], fields.claims(letter)[0])
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "write-letters.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(\w+)`", page.partition("| fields")[2])) == {field for row in rows for field in row}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS)
def test_the_builtin_templates_are_what_their_recipe_makes(letter, lang):
    assert builtin()[f"{letter}.{lang}.docx"] == template(letter, lang), "run python -m workbooks.letter_templates"


def test_letters_and_templates_are_valid_word_documents(tmp_path):
    contents = {**builtin(), "written.docx": written(made()[1])}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    found = {error for name in contents for error in errors(tmp_path / name)}
    # The validator wants a table of fonts and a theme; ECMA-376 (part 1, 11.3) has both optional.
    assert [error for error in found if not re.search(r"relationships/(fontTable|theme)' is missing", error)] == []


def test_a_letter_written_twice_is_the_same_file():
    letter = made()[1]
    assert written(letter) == written(letter)


def test_what_comes_from_data_is_text_whatever_it_looks_like():
    items = ITEMS.replace("R-2 ", "<w:p/>&«name» {MERGEFIELD sender} ")
    customers = "customer | name\nC1 | \x01=cmd()\u0007 & <b>Söhne</b>"
    content = written(made(items=items, customers=customers)[1])
    lines = said(content)
    assert "=cmd() & <b>Söhne</b>" in lines
    assert any(line.startswith("<w:p/>&«name» {MERGEFIELD sender} | ") for line in lines)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"MERGEFIELD" not in package.read("word/document.xml").replace(b"{MERGEFIELD sender}", b"")


def test_a_fee_is_charged_once_a_letter_and_a_yen_has_no_cents():
    items = ITEMS.replace("EUR", "JPY").replace("500.00", "50000").replace("USD", "JPY").replace("250.50", "1200")
    (letter,) = (
        letter
        for letter in made("currency=JPY", "dunning.procedures.prompt.level_fees.2=800", items=items)
        if letter.stage == 2
    )
    lines = said(written(letter, "dunning.procedures.prompt.level_fees.2=800"))
    assert "JPY | 51,200 | 424 | – | 800 | 52,424" in lines


def changed(name: str, change: Callable[[str], str]) -> bytes:
    """A builtin template whose main part was changed."""
    package = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(builtin()[name])) as source, zipfile.ZipFile(package, "w") as own:
        for entry in source.namelist():
            text = source.read(entry).decode()
            own.writestr(entry, change(text) if entry == "word/document.xml" else text)
    return package.getvalue()


def test_a_user_s_template_goes_before_the_builtin_one_and_may_leave_fields_out(tmp_path):
    own = changed(
        "reminder.en.docx",
        lambda text: text.replace("Dear Sir or Madam,", "Hello!").replace("MERGEFIELD document ", "PAGE "),
    )
    (tmp_path / "reminder.en.docx").write_bytes(own)
    letter = made()[0]
    found = templates([letter], tmp_path)[letter.letter, letter.language]
    lines = said(document(letter, policy(), found))
    assert "Hello!" in lines
    assert "«document» | 2026-10-05 | 2026-11-04 | due in 4 days | EUR | 1,000.00" in lines


def test_a_field_of_the_items_outside_a_table_names_all_of_them_and_every_table_of_items_is_filled():
    def change(text: str) -> str:
        (items,) = re.findall(r"<w:tbl>(?:(?!</w:tbl>).)*MERGEFIELD document .*?</w:tbl>", text)
        second = items.replace("MERGEFIELD document ", "PAGE ")
        return text.replace(items, f"{items}<w:p/>{second}").replace("MERGEFIELD date ", "MERGEFIELD document ")

    lines = said(document(made()[1], policy(), Template("own.docx", changed("demand.en.docx", change))))
    assert lines[4] == "R-2, R-3"
    assert [line.split(" | ")[5] for line in lines if "%" in line] == ["500.00", "250.50"] * 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-30],
        lambda text: text.replace('<w:fldChar w:fldCharType="end"/>', "", 1),
        lambda text: text.replace("MERGEFIELD sender ", "NEXT "),
        lambda text: text.replace("MERGEFIELD", "PAGE"),
        lambda text: text.replace("<w:body>", '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///x">]>&e;<w:body>'),
    ],
)
def test_a_broken_template_is_refused_before_a_letter_is_written(change):
    with pytest.raises(WorkbookError, match=r"own\.docx is no Word document \(\.docx\) with merge fields, or damaged"):
        Template("own.docx", changed("demand.en.docx", change))


@given(st.integers(0, 2**16), st.integers(1, 60))
def test_a_damaged_template_is_refused_or_filled_and_never_anything_else(start, length):
    def change(text: str) -> str:
        at = start % len(text)
        return text[:at] + text[at + length :]

    try:
        damaged = Template("own.docx", changed("demand.en.docx", change))
        content = document(LETTER, policy(), damaged)
    except WorkbookError as refusal:
        assert refusal.code in {"template-not-readable", "template-field-unknown"}  # noqa: PT017 (either is right)
    else:
        assert not re.search(r"\[\{|\ue000", "\n".join(said(content)))


def test_a_template_s_name_does_not_lead_out_of_its_folder(tmp_path):
    (tmp_path / "secret.en.docx").write_bytes(builtin()["reminder.en.docx"])
    (tmp_path / "own").mkdir()
    letter = made("dunning.procedures.prompt.level_letters.1=../secret")[0]
    with pytest.raises(WorkbookError, match=r"There is no template \.\./secret\.en\.docx"):
        templates([letter], tmp_path / "own")
