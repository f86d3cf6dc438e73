"""VBA of the words the add-in shows, in each language: ASCII text, other letters as a backslash and four hex digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from udfs.catalogue import functions

MODULE = "XlcreditWords"
LINE = 900
"""Letters of a string literal; the editor cuts a line at 1023."""

Texts = Mapping[str, str | Mapping[str, str]]
"""The ribbon's words in one language: ``label``, ``tip`` and ``more`` of each control, and single phrases."""


def module(texts: Mapping[str, Texts]) -> str:
    """Source of the module: ``Word(key)`` and the table of each of the languages ``en`` and ``zh``."""
    lines = [
        f'Attribute VB_Name = "{MODULE}"',
        "'Every word the add-in shows, generated. \\4FE1 stands for the letter with that number.",
        "Option Explicit",
        "Option Private Module",
        "",
        "Public Function Word(Key As String) As String",
        "    If InChinese() Then Word = Plain(InZh(Key)) Else Word = Plain(InEn(Key))",
        "End Function",
        "",
        *(line for lang, words in texts.items() for line in _table(lang, keyed(lang, words))),
    ]
    return "\n".join(lines) + "\n"


def keyed(lang: str, texts: Texts) -> dict[str, str]:
    """Every word of a language by its key: ``run_review.label``, ``function.CREDIT_SCORE``, ``argument.due``."""
    words = dict(_flat(texts))
    for function in functions(lang):
        words[f"function.{function.name}"] = function.purpose
        words.update({f"argument.{each.name}": each.help for each in function.arguments})
    return words


def _flat(texts: Texts) -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, str):
            yield key, value
        else:
            yield from ((f"{key}.{part}", text) for part, text in value.items())


def _table(lang: str, words: Mapping[str, str]) -> Iterator[str]:
    name = f"In{lang.title()}"
    yield f"Private Function {name}(Key As String) As String"
    yield "    Select Case Key"
    for key, text in words.items():
        yield f'    Case "{key}"'
        yield from (f"        {name} = {start}{part}" for start, part in _parts(name, escaped(text)))
    yield "    End Select"
    yield "End Function"
    yield ""


def _parts(name: str, text: str) -> Iterator[tuple[str, str]]:
    """A literal in as many assignments as its length needs, the first one plain, the others appending."""
    cuts = [text[at : at + LINE] for at in range(0, len(text), LINE)]
    for position, cut in enumerate(cuts):
        literal = cut.replace('"', '""')
        yield (f"{name} & " if position else ""), f'"{literal}"'


def escaped(text: str) -> str:
    """Text in ASCII: a letter beyond it, and the backslash itself, as a backslash and four hex digits (UTF-16)."""
    return "".join(letter if letter.isascii() and letter not in "\\\n" else _units(letter) for letter in text)


def _units(letter: str) -> str:
    coded = letter.encode("utf-16-be").hex().upper()
    return "".join(f"\\{coded[at : at + 4]}" for at in range(0, len(coded), 4))
