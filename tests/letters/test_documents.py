"""Documents: a ledger goes in, and a letter comes out that says this, word for word."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.letters.sample import ITEMS, made, policy, written
from tests.support.schema import errors
from tests.support.word import footer, said
from workbooks.letter_templates import LETTERS, template
from xlcredit.kernel.errors import WorkbookError
from xlcredit.letters import fields
from xlcredit.letters.document import Template
from xlcredit.letters.templates import builtin, templates
from xlcredit.letters.write import document
from xlcredit.locales import LANGUAGES, Words

REMINDER = """\
Xiamen Tools Co., Ltd.
88 Hubin Road, Xiamen
Nordwind AG
Hafenstr. 1, 20457 Hamburg
Customer C1
31 October 2026
Our reference: C1-1-20261031
Payment reminder
Dear Sir or Madam,
According to our books the following items of your account are due or fall due shortly. You may have overlooked them, and we would like to remind you.
Document | Date | Due date | Days past due | Currency | Amount due
R-1 | 2026-10-05 | 2026-11-04 | due in 4 days | EUR | 1,000.00
Currency | Items | Charges | Total
EUR | 1,000.00 | – | 1,000.00
Your account also shows credits of EUR 120.00 that have not been set against an item; please tell us which ones they are for.
Please see to it that we receive EUR 1,000.00 by 14 November 2026. If you have paid in the meantime, please regard this letter as settled. If anything about these items is unclear, we are glad to help: Li Na, +86 592 000 0000.
Please pay to:
Bank of China, CN00 0000
Please quote our reference C1-1-20261031 with your payment.
Thank you for your business.
Yours faithfully,
Li Na, Accounts Receivable
Xiamen Tools Co., Ltd."""
DEMAND = """\
Xiamen Tools Co., Ltd.
88 Hubin Road, Xiamen
Nordwind AG
Hafenstr. 1, 20457 Hamburg
Customer C1
31 October 2026
Our reference: C1-2-20261031
Demand for payment
Dear Sir or Madam,
The following items of your account are overdue, and we have not received payment of them.
Document | Date | Due date | Days past due | Currency | Amount due | Rate | Interest
R-2 | 2026-09-01 | 2026-10-01 | 30 | EUR | 500.00 | 10.15 % | 4.17
R-3 | 2026-09-10 | 2026-10-10 | 21 | USD | 250.50 | 10.15 % | 1.46
Currency | Items | Interest | Fixed sums | Fee | Total
EUR | 500.00 | 4.17 | 80.00 | – | 584.17
USD | 250.50 | 1.46 | – | – | 251.96
Interest for late payment (EU Directive 2011/7) runs from the day after each due date to 31 October 2026, at the rate per year shown for each item, the latest one where it changed.
Your account also shows credits of EUR 120.00 that have not been set against an item; please tell us which ones they are for.
We ask you to pay EUR 584.17 and USD 251.96 by 10 November 2026. If you object to an item, give us your reasons in writing by the same day: Li Na, +86 592 000 0000.
Please pay to:
EUR: Bank of China, CN00 0000
USD: HSBC, US00 1111
Please quote our reference C1-2-20261031 with your payment.
If we have received neither payment nor an answer by then, we reserve the right to withhold deliveries on credit and to take further steps to collect the debt, at your expense.
Yours faithfully,
Li Na, Accounts Receivable
Xiamen Tools Co., Ltd."""
LAWYER = """\
正合律师事务所
青岛贸易公司
客户编号：C2
2026年10月31日
函件编号：C2-3-20261031
律师函
尊敬的客户：
我所接受 Xiamen Tools Co., Ltd.（地址：88 Hubin Road, Xiamen，以下简称“委托人”）的委托，就贵司下列逾期未付款项，郑重致函贵司。
单据号 | 单据日期 | 到期日 | 逾期天数 | 币种 | 应付金额 | 利率 | 利息
R-6 | 2026-06-01 | 2026-07-01 | 122 | CNY | 7,500.00 | 0.05 % | 457.50
币种 | 款项 | 利息 | 固定补偿金 | 催收费 | 合计
CNY | 7,500.00 | 457.50 | – | – | 7,957.50
逾期利息（依据：中国中小企业款项支付）自各笔款项到期日次日起计算至2026年10月31日，各笔所列为每日利率；利率有变动的，所列为最近一期利率。
上述款项中另有 CNY 2,500.00 存在争议，本函不予主张。
现代表委托人要求贵司于 2026年11月7日（含当日）之前支付 CNY 7,957.50。如贵司对上述债权的全部或部分有异议，请在同一期限内书面说明理由。
收款账户：
Bank of China, CN00 0000
付款时请注明函件编号 C2-3-20261031。
如届时仍未全额付清，我所将建议委托人不再另行通知，依法提起诉讼，并一并主张后续利息及实现债权的费用。
特此函告。
正合律师事务所"""


def test_a_polite_a_firm_and_a_lawyer_s_letter_say_this():
    documents = list(map(written, made()))
    assert [said(each) for each in documents] == [text.split("\n") for text in (REMINDER, DEMAND, LAWYER)]
    assert footer(documents[1]) == "C1-2-20261031 · Page 1 / 1"


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


def test_a_user_s_template_goes_before_the_builtin_one_and_may_leave_fields_out(tmp_path):
    package = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(builtin()["reminder.en.docx"])) as source, zipfile.ZipFile(package, "w") as own:
        for entry in source.namelist():
            text = source.read(entry).decode()
            own.writestr(entry, text.replace("Dear Sir or Madam,", "Hello!").replace("MERGEFIELD document ", "PAGE "))
    (tmp_path / "reminder.en.docx").write_bytes(package.getvalue())
    letter = made()[0]
    found = templates([letter], tmp_path)[letter.letter, letter.language]
    lines = said(document(letter, policy(), found))
    assert "Hello!" in lines
    assert "«document» | 2026-10-05 | 2026-11-04 | due in 4 days | EUR | 1,000.00" in lines


def test_a_template_s_name_does_not_lead_out_of_its_folder(tmp_path):
    (tmp_path / "secret.en.docx").write_bytes(builtin()["reminder.en.docx"])
    (tmp_path / "own").mkdir()
    letter = made("dunning.procedures.prompt.level_letters.1=../secret")[0]
    with pytest.raises(WorkbookError, match=r"There is no template \.\./secret\.en\.docx"):
        templates([letter], tmp_path / "own")
