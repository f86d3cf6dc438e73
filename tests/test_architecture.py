"""What holds of the code as a whole: what imports what, and that every problem has its words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from xlcredit.locales import LANGUAGES, Words

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for folder in ("xlcredit", "udfs") for path in (ROOT / folder).rglob("*.py"))
RAISES = {"XlcreditError", "PolicyError", "LedgerError", "LayoutError", "WorkbookError"}
SLOW = (
    "numpy",
    "pandas",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "isal",
    "holidays",
    "rapidfuzz",
    "mailmerge",
    "lxml",
)


def imported_by(code: str) -> set[str]:
    """Top-level modules that are loaded after running the code in a fresh interpreter."""
    names = "import sys; print('\\nLOADED', *{name.partition('.')[0] for name in sys.modules})"
    return set(run(f"{code}\n{names}").splitlines()[-1].split()[1:])


def run(code: str) -> str:
    """What the code prints in a fresh interpreter."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, timeout=60).stdout


def test_help_needs_neither_numpy_nor_pandas():
    code = "from xlcredit.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit as end:\n    assert not end.code, end"
    assert set() == imported_by(code) & set(SLOW)


def test_rules_and_kernel_need_numpy_alone():
    modules = [path.stem for path in (ROOT / "xlcredit" / "rules").glob("[!_]*.py")]
    code = "\n".join(f"import xlcredit.rules.{module}" for module in modules)
    assert {"numpy"} == imported_by(code) & set(SLOW)


EVERY_CASE = """
from tests.support import contract
from udfs import functions
for case in contract.cases():
    getattr(functions, case.function)(*case.arguments)
import sys
print(*(module.__file__ for name, module in sys.modules.items() if name.partition('.')[0] in ('xlcredit', 'udfs')))
"""
ABSENT = {
    "_thread", "asyncio", "concurrent", "ctypes", "fcntl", "mmap", "multiprocessing", "queue", "select", "selectors",
    "signal", "socket", "ssl", "subprocess", "threading",
}  # fmt: skip
"""What Pyodide, where xlwings Lite runs the functions, lacks or has in name only."""
READ_FILES = set(SLOW) - {"numpy", "pandas", "holidays", "rapidfuzz"}


def test_what_a_worksheet_function_loads_starts_nothing_and_reads_no_workbook():
    done = run(EVERY_CASE)
    loaded = {Path(file).relative_to(ROOT) for file in done.splitlines()[-1].split()}
    assert {Path("xlcredit/rules/limit.py"), Path("udfs/functions.py")} <= loaded
    found = [
        f"{path}:{node.lineno}"
        for path, tree in trees()
        if path in loaded
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and (ABSENT | READ_FILES) & imported_names(node)
    ]
    assert [] == found


def test_no_worksheet_function_needs_pandas_or_a_library_that_reads_files():
    hidden = "import sys\nsys.modules.update(dict.fromkeys(('pandas', *{}), None))"
    assert run(hidden.format(sorted(READ_FILES)) + EVERY_CASE).strip()


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def test_pandas_is_imported_inside_functions_only():
    found = [
        f"{path}:{node.lineno}"
        for path, tree in trees()
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom) and "pandas" in imported_names(node)
    ]
    assert [] == found


def imported_names(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return {name.partition(".")[0] for name in names}


ENTRIES = {ROOT / "udfs/ribbon.py", *(ROOT / "xlcredit/cli").rglob("*.py")}
"""Where a person says "now": the command line, and a button in Excel."""


@pytest.mark.parametrize("folder", ["xlcredit", "udfs", "workbooks"])
def test_nothing_but_a_way_in_asks_for_todays_date(folder: str):
    clocks = {"today", "now", "utcnow"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / folder).rglob("*.py")
        if path not in ENTRIES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in clocks and isinstance(node.value, ast.Name)
        and node.value.id in {"date", "datetime"}
    ]  # fmt: skip
    assert [] == found


# Problems and their words.


def facts_of(text: str) -> set[str]:
    return {name.partition(".")[0].partition("[")[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


def problems(lang: str) -> dict[str, dict[str, str]]:
    return Words.of(lang).table.get("problems", {})


def leaves(table: dict, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in table.items():
        yield from leaves(value, (*path, key)) if isinstance(value, dict) else [(*path, key)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_keys(lang: str):
    expected = set(leaves(Words.of("en").table))
    actual = set(leaves(Words.of(lang).table))
    assert (set(), set()) == (expected - actual, actual - expected)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_blank(lang: str):
    def word(path: tuple[str, ...]) -> str:
        table = Words.of(lang).table
        for key in path:
            table = table[key]
        return str(table)

    assert [] == [path for path in leaves(Words.of(lang).table) if not word(path).strip()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_has_a_message_a_remedy_and_the_facts_of_the_english_one(lang: str):
    english = problems("en")
    for code, words in problems(lang).items():
        assert {"message", "remedy"} == set(words), code
        for part in ("message", "remedy"):
            assert facts_of(english[code][part]) == facts_of(words[part]), f"{code}.{part}"


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Each place a problem is made with a literal code: place, code, the facts given (None: not told by the source)."""
    for path, tree in trees():
        for node in ast.walk(tree):
            name = called(node)
            at = 1 if name == "Finding" else 0
            if name in RAISES | {"Finding"} and len(node.args) > at and isinstance(node.args[at], ast.Constant):
                given = finding_facts(node) if name == "Finding" else error_facts(node)
                yield f"{path}:{node.lineno}", node.args[at].value, given


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def error_facts(node: ast.Call) -> set[str] | None:
    given = {keyword.arg for keyword in node.keywords}
    return None if None in given else given - {"faults", "where"}


def finding_facts(node: ast.Call) -> set[str] | None:
    facts = node.args[3] if len(node.args) > 3 else next((k.value for k in node.keywords if k.arg == "facts"), None)
    if facts is None:
        return set()
    if not isinstance(facts, ast.Dict) or not all(isinstance(key, ast.Constant) for key in facts.keys):
        return None
    return {key.value for key in facts.keys}


RAISED = sorted(raised(), key=lambda one: one[:2])


@pytest.mark.parametrize(("place", "code", "given"), RAISED, ids=[f"{code} in {place}" for place, code, _ in RAISED])
def test_every_problem_raised_has_words_and_gives_the_facts_they_need(place: str, code: str, given: set[str] | None):
    assert code in problems("en"), f"{place} raises {code!r}, which has no words"
    needed = facts_of(problems("en")[code]["message"]) | facts_of(problems("en")[code]["remedy"])
    assert given is None or needed <= given, f"{place} does not give {sorted(needed - (given or set()))}"


def test_every_problem_with_words_is_raised_somewhere():
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert [] == [code for code in problems("en") if f'"{code}"' not in text]


BEGUN = ("as_", "letter_", "next_", "over_", "recognised_", "would_")
ENDED = ("-missing", "_credited", "_invoiced")
"""Of groups and keys that the code completes."""


def said() -> set[str]:
    """Texts of the sources and names of their fields, and every word of the data files."""
    found: set[str] = set()
    for folder in ("xlcredit", "udfs", "workbooks"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix == ".py":
                found.update(said_in(ast.parse(path.read_text(encoding="utf-8"))))
            elif path.suffix in (".toml", ".xml", ".bas", ".cls") and "locales" not in path.parts:
                found |= set(re.findall(r"[\w.>-]+", path.read_text(encoding="utf-8")))
    return found


def said_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)):
                yield from (text, *text.split(), *re.findall(r"\w+", text))
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.keyword(arg=str(name)):
                yield name


def test_every_word_is_said_somewhere():
    known = said()
    free = {"meanings", "error_cells", "message", "remedy", "tip"}  # paths of policy keys, Excel's errors, parts
    dead = [
        path
        for path in leaves(Words.of("en").table)
        if not free & {path[0]}
        and not all(part in known | free or part.startswith(BEGUN) or part.endswith(ENDED) for part in path)
    ]
    assert [] == dead


def test_every_public_module_opens_with_a_docstring_of_one_to_six_lines():
    lengths = {path: len((ast.get_docstring(tree) or "").splitlines()) for path, tree in trees()}
    # The tree of errors is drawn in its docstring.
    assert [] == [str(path) for path, n in lengths.items() if not 1 <= n <= 6 and path.name != "errors.py"]
