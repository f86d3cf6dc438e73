"""``xlcredit letters``: letters to customers who are late, as Word documents with a merge list."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xlcredit.cli.progress import progress
from xlcredit.excel.files import FileWorkbook
from xlcredit.locales import Words

if TYPE_CHECKING:
    from xlcredit.control import Review
    from xlcredit.control.letters import Letter, Letters


def letters(options: argparse.Namespace, words: Words) -> int:
    """Writes the letters that are due and says how many there are, what they claim and what is in none."""
    if options.save_templates:
        return _save_templates(options.save_templates, words, force=options.force)
    workbook = FileWorkbook(options.ledger)
    workbook.start_loading()
    from xlcredit.control.letters import check_sender
    from xlcredit.control.letters import letters as letters_of

    found = _reviewed(options, workbook, words)
    made = letters_of(found, options.lang, options.stage)
    if made.letters:
        check_sender(found.policy.letters, made.letters)
        printed = _write(made, found, options, words)
    _print(made, words)
    if made.letters:
        print(words.phrase("written", file=options.out))
        if options.pdf is None and not printed:
            print(words.phrase("not_printed"))
    return 0


def _reviewed(options: argparse.Namespace, workbook: FileWorkbook, words: Words) -> Review:
    """The review letters are written from, after its first lines are printed: the day, the policy, and every error."""
    from xlcredit.cli.run import reviewed
    from xlcredit.cli.summary import print_findings, print_heading
    from xlcredit.ledger.findings import at_least

    found, when = reviewed(options, workbook)
    print_heading(found, words, when.source)
    if errors := at_least(found.findings, "error"):
        print_findings(errors, words)
    return found


def _write(made: Letters, found: Review, options: argparse.Namespace, words: Words) -> bool:
    from xlcredit.letters.write import write_letters

    with progress(options.out.name) as advance:
        return write_letters(
            made.letters,
            found.policy,
            options.out,
            words,
            own=options.templates,
            pdf=options.pdf,
            force=options.force,
            progress=advance,
        )


def _print(made: Letters, words: Words) -> None:
    from xlcredit.cli.summary import print_table

    say = words.phrase
    print()
    if not made.letters:
        print(say("no_letters"))
    else:
        print(say("letters", count=len(made.letters)))
        print_table(_table(made.letters, words))
    left = words.named(f"{words('left_out', why)} {count}" for why, count in made.left_out.items() if count)
    if left:
        print(say("left_out", items=left))
    for doubt, count in Counter(doubt for letter in made.letters for doubt in letter.doubts).items():
        print(say("doubts", count=count, doubt=words("letter_doubts", doubt)))


def _table(made: Sequence[Letter], words: Words) -> list[list[str]]:
    """Letters by stage: how many, about how many items, and what they claim in each currency."""
    from xlcredit.control.letters import Claim, currencies
    from xlcredit.kernel.money import decimals, grouped, in_text

    codes = currencies(made)
    rows = [["", *(words("columns", key) for key in ("stage", "letter", "items")), *codes]]
    for stage, name in sorted({(letter.stage, letter.letter) for letter in made}):
        of = [letter for letter in made if (letter.stage, letter.letter) == (stage, name)]
        claimed = [sum(letter.claims.get(code, Claim()).total for letter in of) for code in codes]
        amounts = [grouped(in_text(minor, decimals(code))) for code, minor in zip(codes, claimed, strict=True)]
        items = sum(len(letter.items) for letter in of)
        rows.append([words("letters", name), str(stage), str(len(of)), str(items), *amounts])
    return rows


def _save_templates(folder: Path, words: Words, *, force: bool) -> int:
    from xlcredit.letters.folder import delivered
    from xlcredit.letters.templates import builtin

    found = builtin()
    with delivered(folder, found, force=force) as draft:
        for name, content in found.items():
            (draft / name).write_bytes(content)
    for name in found:
        print(words.phrase("template_saved", file=folder / name))
    return 0
