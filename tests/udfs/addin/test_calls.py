"""A wrapper called from a cell: values in, values and real errors out, and the reason kept."""

from __future__ import annotations

from tests.support.vba import Excel, block


def giving(answer):
    """An Excel whose Python gives this answer to every call."""
    return Excel(lambda *_: answer)


def test_a_range_arrives_as_its_values_and_what_is_omitted_as_a_blank():
    calls = []
    excel = Excel(lambda name, arguments: calls.append((name, arguments)) or [[1.0], [2.0]])
    excel.write("A1", 5.0)
    excel.write("B2", "#N/A")
    assert excel.call("CREDIT_SCORE", excel.range("A1:B2")) == [[1.0], [2.0]]
    assert calls == [("CREDIT_SCORE", [[[5.0, None], [None, "#N/A"]], [[None]], [[None]]])]


def test_a_text_that_begins_with_an_error_code_becomes_that_error():
    answers = [['#VALUE! score: "x" is no number'], ["#N/A"], ["#DIV/0!"], ["# 3"], [7.0]]
    excel = giving(answers)
    assert excel.call("CREDIT_GRADE", block([[1.0]])) == [["#VALUE!"], ["#N/A"], ["#DIV/0!"], ["# 3"], [7.0]]


def test_one_cell_and_one_row_are_mapped_alike():
    excel = giving([["#NUM! too large"]])
    assert excel.call("CREDIT_GRADE", 5.0) == [["#NUM!"]]
    excel = giving([[1.0, "#REF! gone"]])
    assert excel.call("CREDIT_POINTS", 5.0) == [[1.0, "#REF!"]]


def test_explain_is_given_the_reason_of_each_cell_of_a_spilled_answer():
    asked = []

    def python(name, arguments):
        if name == "CREDIT_EXPLAIN":
            asked.append(arguments[0])
            return [["#VALUE! means: look at the score"]]
        return [[1.0], ['#VALUE! score: "x" is no number']]

    excel = Excel(python)
    for row, answer in enumerate(excel.call("CREDIT_GRADE", 5.0, cell="D4")):
        excel.write(f"D{4 + row}", answer[0])
    assert excel.call("CREDIT_EXPLAIN", excel.range("D5")) == [["#VALUE! means: look at the score"]]
    excel.call("CREDIT_EXPLAIN", excel.range("D4:D5"))
    assert asked == [[['#VALUE! score: "x" is no number']], [[1.0], ['#VALUE! score: "x" is no number']]]


def test_the_reason_of_another_error_is_not_given():
    asked = []
    excel = Excel(lambda _, arguments: asked.append(arguments[0]) or [["#VALUE! score"]])
    excel.call("CREDIT_GRADE", 5.0, cell="D4")
    excel.write("D4", "#DIV/0!")
    excel.call("CREDIT_EXPLAIN", excel.range("D4"))
    assert asked[-1] == [["#DIV/0!"]]


def test_python_that_fails_is_an_error_in_the_cell_and_words_in_explain():
    def python(name, arguments):
        from pyopenvba.exceptions import VBARuntimeError

        raise VBARuntimeError(1000, "no Python")

    excel = Excel(python)
    assert excel.call("CREDIT_GRADE", 5.0) == [["#VALUE!"]]
    assert "no Python" in excel.call("CREDIT_EXPLAIN", 5.0)[0][0]


def test_in_the_function_wizard_nothing_is_called():
    excel = Excel(lambda *_: 1 / 0)
    excel.application.wizard = True
    assert excel.call("CREDIT_GRADE", 5.0) == [["…"]]
