"""Each export as its program writes it, titles, groups, totals and all → the items in it."""

from datetime import date

from tests.ledger.reading import codes, read, shown
from xlcredit.layouts import recognise
from xlcredit.ledger.grid import Grid

D = date


def layout_of(rows):
    return recognise([Grid("Open items", rows)]).ledger.layout


SAP = [
    ["Customer Line Item Display"],
    [],
    ["", "Account", "Assignment", "Document Number", "Document Type", "Document Date", "Posting Date", "Net due date", "Arrears after net due date", "Amount in local currency", "Local currency", "Amount in doc. curr.", "Document currency", "Clearing date", "Clearing Document", "Text", "Dunning Level"],
    ["@5B@", "0000100200", "A1", "1800000001", "RV", "31.10.2025", "31.10.2025", "30.11.2025", "31", "1.234,56", "EUR", "1.234,56", "EUR", "", "", "Goods", "2"],
    ["@5B@", "0000100200", "A2", "1800000002", "DG", "05.11.2025", "05.11.2025", "05.11.2025", "56", "100,00-", "EUR", "100,00-", "EUR", "", "", "Credit", ""],
    ["@08@", "0000100200", "A3", "1800000003", "RV", "01.09.2025", "01.09.2025", "01.10.2025", "0", "500,00", "EUR", "550,00", "USD", "20.10.2025", "1400000009", "", ""],
    ["*", "0000100200", "", "", "", "", "", "", "", "1.134,56", "EUR", "1.134,56", "EUR", "", "", "", ""],
    ["*", "0000100200", "", "", "", "", "", "", "", "500,00", "EUR", "550,00", "USD", "", "", "", ""],
    ["@5B@", "0000100300", "B1", "1800000004", "RV", "15.11.2025", "15.11.2025", "15.12.2025", "16", "20,00", "EUR", "20,00", "EUR", "", "", "", ""],
    ["*", "0000100300", "", "", "", "", "", "", "", "20,00", "EUR", "20,00", "EUR", "", "", "", ""],
    ["**", "", "", "", "", "", "", "", "", "1.654,56", "EUR", "1.154,56", "EUR", "", "", "", ""],
    ["**", "", "", "", "", "", "", "", "", "", "", "550,00", "USD", "", "", "", ""],
]  # fmt: skip


def test_sap_line_items_with_a_subtotal_per_currency_and_trailing_minus():
    reading = read(SAP)
    assert layout_of(SAP) == "sap_fbl5n"
    assert shown(
        reading,
        "row",
        "customer",
        "document",
        "document_date",
        "due_date",
        "amount",
        "settled",
        "settled_date",
        "currency",
        "last_stage",
    ) == [
        (4, "0000100200", "1800000001", "2025-10-31", "2025-11-30", 1234.56, 0.0, "", "EUR", 2.0),
        (5, "0000100200", "1800000002", "2025-11-05", "2025-11-05", -100.0, 0.0, "", "EUR", None),
        (6, "0000100200", "1800000003", "2025-09-01", "2025-10-01", 550.0, 550.0, "2025-10-20", "USD", None),
        (9, "0000100300", "1800000004", "2025-11-15", "2025-12-15", 20.0, 0.0, "", "EUR", None),
    ]
    assert reading.subtotals == {"item": 4, "subtotal": 5}
    assert reading.last_row == 11
    assert codes(reading) == []


def test_sap_short_headings_give_the_same_roles():
    rows = [
        [
            "CoCd",
            "Customer",
            "DocumentNo",
            "Type",
            "Doc. Date",
            "Pstng Date",
            "Net due dt",
            "Amt in loc.cur.",
            "LCurr",
            "Amount in DC",
            "Curr.",
            "Clrng doc.",
        ],
        [
            "1000",
            "100200",
            "1800000001",
            "RV",
            D(2025, 10, 31),
            D(2025, 10, 31),
            D(2025, 11, 30),
            90.0,
            "EUR",
            100.0,
            "USD",
            "",
        ],
    ]
    assert layout_of(rows) == "sap_fbl5n"
    assert shown(read(rows), "customer", "document", "due_date", "amount", "currency") == [
        ("100200", "1800000001", "2025-11-30", 100.0, "USD")
    ]


def test_sap_with_local_amounts_alone_takes_them_with_their_currency():
    rows = [
        [
            "Account",
            "Document Number",
            "Document Type",
            "Net due date",
            "Arrears after net due date",
            "Amount in local currency",
            "Local currency",
            "Clearing date",
        ],
        ["100200", "1800000001", "RV", D(2025, 11, 30), 5, 90.0, "CHF", ""],
        ["100200", "1800000002", "RV", D(2025, 10, 30), 0, 10.0, "CHF", D(2025, 11, 5)],
    ]
    assert shown(read(rows), "amount", "settled", "settled_date", "currency") == [
        (90.0, 0.0, "", "CHF"),
        (10.0, 10.0, "2025-11-05", "CHF"),
    ]


def test_sap_in_chinese():
    rows = [
        [
            "公司代码",
            "客户",
            "凭证编号",
            "凭证类型",
            "凭证日期",
            "过帐日期",
            "净到期日",
            "净到期日后的逾期天数",
            "本币金额",
            "本位币",
            "原币单位",
            "WRBTR",
        ],
        [
            "1000",
            "100200",
            "1800000001",
            "RV",
            "2025.10.31",
            "2025.10.31",
            "2025.11.30",
            31,
            7000.0,
            "CNY",
            "USD",
            1000.0,
        ],
    ]
    assert layout_of(rows) == "sap_fbl5n"
    assert shown(read(rows), "customer", "document", "due_date", "amount", "currency") == [
        ("100200", "1800000001", "2025-11-30", 1000.0, "USD")
    ]


def test_oracle_open_transactions():
    rows = [
        [
            "CUSTOMER_NUMBER",
            "CUSTOMER_NAME",
            "TRX_NUMBER",
            "TRX_DATE",
            "DUE_DATE",
            "PAYMENT_TERM",
            "INVOICE_CURRENCY_CODE",
            "AMOUNT_DUE_ORIGINAL",
            "AMOUNT_DUE_REMAINING",
            "DAYS_PAST_DUE",
            "SALESREP",
            "TRANSACTION_CLASS",
            "STATUS",
        ],
        [1001.0, "Acme", 10001.0, "31-OCT-25", "30-NOV-25", "30 NET", "USD", 1000.0, 400.0, 31.0, "Lee", "INV", "OP"],
        [1001.0, "Acme", 10002.0, "01-SEP-25", "01-OCT-25", "30 NET", "USD", 50.0, 0.0, 91.0, "Lee", "INV", "CL"],
    ]
    assert layout_of(rows) == "oracle"
    assert shown(
        read(rows),
        "customer",
        "name",
        "document",
        "document_type",
        "due_date",
        "terms",
        "amount",
        "settled",
        "currency",
    ) == [
        ("1001", "Acme", "10001", "INV", "2025-11-30", "30 NET", 1000.0, 600.0, "USD"),
        ("1001", "Acme", "10002", "INV", "2025-10-01", "30 NET", 50.0, 50.0, "USD"),
    ]


def test_quickbooks_aging_detail_with_buckets_as_groups():
    rows = [
        ["Sunrise Trading LLC"],
        ["A/R Aging Detail"],
        ["As of 31 December 2025"],
        [],
        ["", "Date", "Transaction type", "Num", "Customer", "Due Date", "Amount", "Open Balance"],
        ["Current"],
        ["", "12/20/2025", "Invoice", "1044", "Acme:West", "01/19/2026", "1,200.00", "1,200.00"],
        ["Total for Current", "", "", "", "", "", "$1,200.00", "$1,200.00"],
        ["1 - 30 days past due"],
        ["", "11/15/2025", "Invoice", "1031", "Total Energies", "12/15/2025", "800.00", "300.00"],
        ["", "12/02/2025", "Credit Memo", "1038", "Acme:West", "12/02/2025", "-50.00", "-50.00"],
        ["Total for 1 - 30 days past due", "", "", "", "", "", "$750.00", "$250.00"],
        ["TOTAL", "", "", "", "", "", "$1,950.00", "$1,450.00"],
        [],
        ["Saturday, January 3, 2026 09:15 AM GMT-05:00"],
    ]
    reading = read(rows, "USD")
    assert layout_of(rows) == "quickbooks"
    assert shown(
        reading, "row", "customer", "document", "document_date", "due_date", "amount", "settled", "currency"
    ) == [
        (7, "Acme:West", "1044", "2025-12-20", "2026-01-19", 1200.0, 0.0, "USD"),
        (10, "Total Energies", "1031", "2025-11-15", "2025-12-15", 800.0, 500.0, "USD"),
        (11, "Acme:West", "1038", "2025-12-02", "2025-12-02", -50.0, 0.0, "USD"),
    ]
    assert reading.subtotals == {"group": 2, "item": 3, "subtotal": 2, "total": 1, "blank": 1, "note": 1}
    assert (reading.last_row, reading.stated_total) == (12, 1450.0)
    assert codes(reading) == []


def test_quickbooks_with_customers_as_groups_in_an_unlabelled_column():
    rows = [
        ["", "Type", "Date", "Num", "P. O. #", "Terms", "Due Date", "Aging", "Open Balance"],
        ["Acme Ltd"],
        ["", "Invoice", "12/20/2025", "1044", "", "Net 30", "01/19/2026", "", 1200.0],
        ["Total Acme Ltd", "", "", "", "", "", "", "", 1200.0],
        ["Total Energies"],
        ["", "Invoice", "11/15/2025", "1031", "77", "Net 30", "12/15/2025", 16, 300.0],
        ["Total Total Energies", "", "", "", "", "", "", "", 300.0],
        ["TOTAL", "", "", "", "", "", "", "", 1500.0],
    ]
    reading = read(rows)
    assert shown(reading, "customer", "document", "amount", "terms") == [
        ("Acme Ltd", "1044", 1200.0, "Net 30"),
        ("Total Energies", "1031", 300.0, "Net 30"),
    ]
    assert codes(reading) == []


def test_xero_aged_receivables_with_customers_as_groups_and_totals_never_calculated():
    rows = [
        ["Aged Receivables Detail"],
        ["Demo Company (NZ)"],
        ["As at 31 March 2026"],
        ["Ageing by due date"],
        [],
        [
            "Contact Account Number",
            "Invoice Date",
            "Due Date",
            "Expected Date",
            "Invoice Number",
            "Invoice Reference",
            "< 1 Month",
            "1 Month",
            "2 Months",
            "3 Months",
            "Older",
            "",
            "Total",
            "Outstanding Tax",
        ],
        [],
        ["Bayside Club"],
        ["", D(2026, 2, 10), D(2026, 3, 10), "", "INV-0027", "Ref MK815", 200.0, 0.0, 0.0, 0.0, 0.0, "", 200.0, 26.0],
        ["", D(2025, 12, 1), D(2026, 1, 5), "", "INV-0009", "", 0.0, 0.0, 150.5, 0.0, 0.0, "", 150.5, 19.6],
        ["Total Bayside Club", "", "", "", "", "", "", "", "", "", "", "", "", ""],
        [],
        ["City Agency"],
        ["", D(2026, 3, 1), D(2026, 4, 1), "", "INV-0031", "", 10.0, 0.0, 0.0, 0.0, 0.0, "", 10.0, 1.3],
        ["Total City Agency", "", "", "", "", "", 10.0, 0.0, 0.0, 0.0, 0.0, "", 10.0, 1.3],
        [],
        ["Total", "", "", "", "", "", "", "", "", "", "", "", "", ""],
        ["Percentage of total", "", "", "", "", "", 0.58, "", "", "", "", "", 1.0, ""],
    ]
    reading = read(rows, "NZD", broken={(10, 12): "(no value)", (16, 12): "(no value)"})
    assert layout_of(rows) == "xero"
    assert shown(reading, "customer", "document", "due_date", "amount", "settled") == [
        ("Bayside Club", "INV-0027", "2026-03-10", 200.0, 0.0),
        ("Bayside Club", "INV-0009", "2026-01-05", 150.5, 0.0),
        ("City Agency", "INV-0031", "2026-04-01", 10.0, 0.0),
    ]
    assert codes(reading) == []


def test_sage_aged_debtors():
    rows = [
        [
            "A/C",
            "Name",
            "Trans No",
            "Type",
            "Date",
            "Details",
            "O/S Amount",
            "Future",
            "Current",
            "Period 1",
            "Period 2",
            "Older",
        ],
        ["ABS001", "ABS Garages", "51", "SI", "05/11/2025", "Goods", 100.0, 0.0, 100.0, 0.0, 0.0, 0.0],
        ["ABS001", "ABS Garages", "97", "SC", "26/11/2025", "Refund", -20.0, 0.0, -20.0, 0.0, 0.0, 0.0],
        ["", "", "", "", "", "Totals:", 80.0, 0.0, 80.0, 0.0, 0.0, 0.0],
    ]
    reading = read(rows, "GBP")
    assert layout_of(rows) == "sage"
    assert shown(reading, "customer", "name", "document", "document_date", "amount") == [
        ("ABS001", "ABS Garages", "51", "2025-11-05", 100.0),
        ("ABS001", "ABS Garages", "97", "2025-11-26", -20.0),
    ]
    assert (reading.subtotals, codes(reading)) == ({"item": 2, "total": 1}, [])


def test_odoo_aged_receivable_with_partners_above_their_entries():
    rows = [
        ["Aged Receivable"],
        [
            "",
            "Due Date",
            "Journal",
            "Account",
            "Exp. Date",
            "Not Due On 12/31/2025",
            "1-30",
            "31-60",
            "61-90",
            "91-120",
            "Older",
            "Total",
        ],
        ["Azure Interior", "", "", "", "", 100.0, 50.0, 0.0, 0.0, 0.0, 0.0, 150.0],
        ["INV/2025/00012", "2026-01-15", "INV", "121000", "", 100.0, 0.0, 0.0, 0.0, 0.0, 0.0, 100.0],
        ["INV/2025/00007", "2025-12-10", "INV", "121000", "", 0.0, 50.0, 0.0, 0.0, 0.0, 0.0, 50.0],
        ["Deco 2000", "", "", "", "", 0.0, 0.0, 0.0, 0.0, 0.0, 30.0, 30.0],
        ["INV/2025/00001", "2025-05-01", "INV", "121000", "", 0.0, 0.0, 0.0, 0.0, 0.0, 30.0, 30.0],
        ["Total", "", "", "", "", 100.0, 50.0, 0.0, 0.0, 0.0, 30.0, 180.0],
    ]
    reading = read(rows, "EUR")
    assert layout_of(rows) == "odoo"
    assert shown(reading, "customer", "document", "due_date", "amount") == [
        ("Azure Interior", "INV/2025/00012", "2026-01-15", 100.0),
        ("Azure Interior", "INV/2025/00007", "2025-12-10", 50.0),
        ("Deco 2000", "INV/2025/00001", "2025-05-01", 30.0),
    ]
    assert (reading.subtotals, codes(reading)) == ({"subtotal": 2, "item": 3, "total": 1}, [])


def test_erpnext_accounts_receivable():
    rows = [
        [
            "Posting Date",
            "Party Type",
            "Party",
            "Receivable Account",
            "Customer Contact",
            "Customer Name",
            "Cost Center",
            "Voucher Type",
            "Voucher No",
            "Due Date",
            "Payment Term",
            "Invoice Grand Total",
            "Invoiced Amount",
            "Paid Amount",
            "Credit Note",
            "Outstanding Amount",
            "Age (Days)",
            "0-30",
            "31-60",
            "121-Above",
            "Currency",
        ],
        [
            "15-11-2025",
            "Customer",
            "CUST-0001",
            "Debtors - C",
            "",
            "Acme",
            "Main",
            "Sales Invoice",
            "SINV-0001",
            "15-12-2025",
            "",
            1000.0,
            1000.0,
            300.0,
            100.0,
            600.0,
            16,
            600.0,
            0.0,
            0.0,
            "INR",
        ],
        [
            "15-11-2025",
            "Customer",
            "CUST-0001",
            "Debtors - C",
            "",
            "Acme",
            "Main",
            "Payment Entry",
            "PE-0001",
            "15-11-2025",
            "",
            0.0,
            0.0,
            50.0,
            0.0,
            -50.0,
            46,
            0.0,
            -50.0,
            0.0,
            "INR",
        ],
        [
            "Total",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            1000.0,
            1000.0,
            350.0,
            100.0,
            550.0,
            "",
            600.0,
            -50.0,
            0.0,
            "",
        ],
    ]
    reading = read(rows)
    assert layout_of(rows) == "erpnext"
    assert shown(
        reading, "customer", "name", "document", "document_type", "due_date", "amount", "settled", "currency"
    ) == [
        ("CUST-0001", "Acme", "SINV-0001", "Sales Invoice", "2025-12-15", 1000.0, 400.0, "INR"),
        ("CUST-0001", "Acme", "PE-0001", "Payment Entry", "2025-11-15", 0.0, 50.0, "INR"),
    ]
    assert (reading.stated_total, codes(reading)) == (550.0, [])


def test_business_central_entries_whose_open_column_is_a_yes_or_no():
    rows = [
        [
            "Document_Type",
            "Customer_No_",
            "Document_No_",
            "Due_Date",
            "Document_Date",
            "External_Document_No_",
            "Amount",
            "Currency_Code",
            "Open",
            "Remaining_Amount",
        ],
        ["Invoice", "01121212", "103001", D(2025, 12, 31), D(2025, 12, 1), "E1", 500.0, "", "Yes", 200.0],
        ["Invoice", "01121212", "103002", D(2025, 11, 30), D(2025, 11, 1), "E2", 80.0, "EUR", "No", 0.0],
    ]
    assert layout_of(rows) == "business_central"
    assert shown(read(rows, "USD"), "customer", "document", "amount", "settled", "currency") == [
        ("01121212", "103001", 500.0, 300.0, "USD"),
        ("01121212", "103002", 80.0, 80.0, "EUR"),
    ]


def test_yonyou_detail_with_page_subtotals_and_a_grand_total():
    rows = [
        ["应收明细账"],
        [
            "客户",
            "业务员",
            "款项类型",
            "单据日期",
            "来源单据号",
            "到期日",
            "起算日期",
            "币种",
            "原币金额",
            "原币余额",
            "本币余额",
            "是否质保金",
            "清账状态",
        ],
        [
            "上海华兴贸易有限公司",
            "王",
            "应收款",
            "2025年10月31日",
            "YS0001",
            "2025年11月30日",
            "2025-10-31",
            "人民币",
            "１２，０００．００",
            "2,000.00",
            "2,000.00",
            "否",
            "部分清账",
        ],
        [
            "上海华兴贸易有限公司",
            "王",
            "预收款",
            "2025年11月02日",
            "SK0001",
            "",
            "",
            "人民币",
            "-500.00",
            "-500.00",
            "-500.00",
            "否",
            "未清账",
        ],
        ["本页小计", "", "", "", "", "", "", "", "11,500.00", "1,500.00", "1,500.00", "", ""],
        [
            "客户",
            "业务员",
            "款项类型",
            "单据日期",
            "来源单据号",
            "到期日",
            "起算日期",
            "币种",
            "原币金额",
            "原币余额",
            "本币余额",
            "是否质保金",
            "清账状态",
        ],
        [
            "总计科技",
            "李",
            "应收款",
            "2025年11月05日",
            "YS0002",
            "2025年12月05日",
            "",
            "美元",
            "300.00",
            "300.00",
            "2,100.00",
            "否",
            "未清账",
        ],
        ["本页小计", "", "", "", "", "", "", "", "300.00", "300.00", "2,100.00", "", ""],
        ["合 计", "", "", "", "", "", "", "", "11,800.00", "1,800.00", "3,600.00", "", ""],
        ["制表：张三"],
    ]
    reading = read(rows)
    assert layout_of(rows) == "yonyou"
    assert shown(
        reading, "row", "customer", "document", "document_date", "due_date", "amount", "settled", "currency"
    ) == [
        (3, "上海华兴贸易有限公司", "YS0001", "2025-10-31", "2025-11-30", 12000.0, 10000.0, "CNY"),
        (4, "上海华兴贸易有限公司", "SK0001", "2025-11-02", "", -500.0, 0.0, "CNY"),
        (7, "总计科技", "YS0002", "2025-11-05", "2025-12-05", 300.0, 0.0, "USD"),
    ]
    assert reading.subtotals == {"item": 3, "subtotal": 2, "header": 1, "total": 1, "note": 1}
    assert codes(reading) == []


def test_kingdee_with_subtotals_named_after_their_customer():
    rows = [
        ["单据编号", "业务日期", "到期日", "客户编码", "客户名称", "未收款金额", "结算组织", "币别"],
        ["AR00001", D(2025, 10, 1), D(2025, 10, 31), "0007", "东方红", 100.0, "总部", "人民币"],
        ["", "", "", "", "东方红(小计)", 100.0, "", ""],
        ["AR00002", D(2025, 10, 2), D(2025, 11, 1), "0008", "长城", 250.5, "总部", "人民币"],
        ["", "", "", "", "长城(小计)", 250.5, "", ""],
        ["", "", "", "", "总计", 350.5, "", ""],
    ]
    reading = read(rows)
    assert layout_of(rows) == "kingdee"
    assert shown(reading, "customer", "name", "document", "due_date", "amount", "currency") == [
        ("0007", "东方红", "AR00001", "2025-10-31", 100.0, "CNY"),
        ("0008", "长城", "AR00002", "2025-11-01", 250.5, "CNY"),
    ]
    assert (reading.subtotals, codes(reading)) == ({"item": 2, "subtotal": 2, "total": 1}, [])


def test_kingdee_technical_headings():
    rows = [
        [
            "FBillNo",
            "FDate",
            "FENDDATE_H",
            "FCustomerID.FNumber",
            "FCustomerID.FName",
            "FALLAMOUNTFOR",
            "FNoReceiveAmount",
            "FCURRENCYID",
            "FDOCUMENTSTATUS",
        ],
        ["AR00001", D(2025, 10, 1), D(2025, 10, 31), "0007", "东方红", 100.0, 40.0, "PRE001", "C"],
    ]
    assert layout_of(rows) == "kingdee"
    assert shown(read(rows), "customer", "amount", "settled", "currency") == [("0007", 100.0, 60.0, "PRE001")]


def test_tally_bills_receivable():
    rows = [
        ["Bills Receivable"],
        ["1-Apr-25 to 31-Dec-25"],
        ["Date", "Ref. No.", "Party's Name", "Opening Amount", "Pending Amount", "Due on", "Overdue by days"],
        ["1-Oct-25", "7", "Ravi Stores", "1,23,456.00 Dr", "23,456.00 Dr", "31-Oct-25", "61"],
        ["5-Oct-25", "On Account", "Ravi Stores", "", "1,000.00 Cr", "5-Oct-25", ""],
        ["", "", "", "1,23,456.00 Dr", "22,456.00 Dr", "", ""],
    ]
    reading = read(rows, "INR")
    assert layout_of(rows) == "tally"
    assert shown(reading, "customer", "document", "document_date", "due_date", "amount", "settled") == [
        ("Ravi Stores", "7", "2025-10-01", "2025-10-31", 123456.0, 100000.0),
        ("Ravi Stores", "On Account", "2025-10-05", "2025-10-05", -1000.0, 0.0),
    ]
    assert codes(reading) == [("amount-derived", "'Open items'!D5")]


def test_highradius_items_are_open_or_settled_by_flag_and_date():
    rows = [
        [
            "business_code",
            "cust_number",
            "name_customer",
            "clear_date",
            "buisness_year",
            "doc_id",
            "posting_date",
            "document_create_date",
            "due_in_date",
            "invoice_currency",
            "document type",
            "total_open_amount",
            "baseline_create_date",
            "cust_payment_terms",
            "invoice_id",
            "isOpen",
        ],
        [
            "U001",
            "0200769623",
            "WAL-MAR corp",
            "2020-02-11 00:00:00",
            "2020.0",
            "1930438491.0",
            "2020-01-26",
            "20200125",
            "20200210.0",
            "USD",
            "RV",
            "54273.28",
            "20200126.0",
            "NAH4",
            "1930438491.0",
            "0",
        ],
        [
            "U001",
            "0200769623",
            "WAL-MAR corp",
            "",
            "2020.0",
            "1930438492.0",
            "2020-03-26",
            "20200325",
            "20200410.0",
            "USD",
            "RV",
            "100.00",
            "20200326.0",
            "NAH4",
            "1930438492.0",
            "1",
        ],
    ]
    assert layout_of(rows) == "highradius"
    assert shown(read(rows), "customer", "document_date", "due_date", "amount", "settled", "settled_date") == [
        ("0200769623", "2020-01-25", "2020-02-10", 54273.28, 54273.28, "2020-02-11"),
        ("0200769623", "2020-03-25", "2020-04-10", 100.0, 0.0, ""),
    ]


def test_a_chinese_sheet_of_no_program_with_currency_in_its_headings():
    rows = [
        [
            "客户名称",
            "单据编号",
            "单据日期",
            "到期日",
            "应收金额(元)",
            "已核销金额(元)",
            "未核销金额(元)",
            "逾期天数",
            "账龄",
        ],
        ["光明公司", "Y1", "2025/12/1", "2025/12/31", 1000.0, 400.0, 600.0, 0, "0-30天"],
    ]
    assert layout_of(rows) == "generic"
    assert shown(read(rows), "customer", "name", "amount", "settled", "currency") == [
        ("光明公司", "光明公司", 1000.0, 400.0, "CNY")
    ]
