"""Writing: the letters of a run as documents in a folder, with their merge list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from xlcredit.control.letters import Letter, merge_list
from xlcredit.control.listing import Listing
from xlcredit.letters import fields
from xlcredit.letters.document import Template
from xlcredit.letters.filenames import file_stems
from xlcredit.letters.folder import delivered
from xlcredit.letters.mergelist import to_csv, write_xlsx
from xlcredit.letters.pdf import office, print_pdfs
from xlcredit.letters.templates import templates
from xlcredit.locales import Words
from xlcredit.policy import Policy


def write_letters(
    letters: Sequence[Letter],
    policy: Policy,
    folder: Path,
    words: Words,
    *,
    own: Path | None = None,
    pdf: bool = False,
    force: bool = False,
    progress: Callable[[float], None] = lambda _: None,
) -> Listing:
    """Writes a document for each letter and the merge list, and returns the list.

    Args:
        letters: what is to be written, at least one letter, of one day.
        policy: who writes, and where to pay.
        folder: where the files go; made where it is not there.
        words: of the merge list; each letter has its own language.
        own: folder of the user's templates.
        pdf: whether each document is printed as a .pdf, too.
        force: whether files that are there may be replaced.
        progress: called with the part done, 0–1.

    Raises:
        WorkbookError: a template is not usable, LibreOffice is asked for and not there, or files cannot be written.
    """
    used = templates(letters, own)
    program = office() if pdf else ""
    stems = list(file_stems(letter.reference for letter in letters))
    merged = f"letters-{letters[0].day:%Y%m%d}"
    documents = [f"{stem}.docx" for stem in stems]
    printed = [f"{stem}.pdf" for stem in stems] if pdf else []
    listing = merge_list(letters, documents)
    with delivered(folder, [*documents, *printed, f"{merged}.xlsx", f"{merged}.csv"], force=force) as draft:
        for done, (name, letter) in enumerate(zip(documents, letters, strict=True)):
            progress(done / len(letters))
            (draft / name).write_bytes(document(letter, policy, used[letter.letter, letter.language]))
        if pdf:
            print_pdfs(program, [draft / name for name in documents])
        write_xlsx(draft / f"{merged}.xlsx", listing, words)
        (draft / f"{merged}.csv").write_text(to_csv(listing, words), encoding="utf-8-sig", newline="")
    return listing


def document(letter: Letter, policy: Policy, template: Template) -> bytes:
    """The Word document of a letter, in its language."""
    words = Words.of(letter.language)
    texts = fields.texts(letter, policy, words)
    tables = (fields.items(letter, words), fields.claims(letter))
    template.check([*texts, *(field for rows in tables for field in rows[0])])
    return template.filled(texts, tables)
