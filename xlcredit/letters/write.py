"""Writing: the letters of a run as documents in a folder, with their merge list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from xlcredit.control.letters import Letter, merge_list, notice_list
from xlcredit.kernel.errors import WorkbookError
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
    pdf: bool | None = None,
    force: bool = False,
    progress: Callable[[float], None] = lambda _: None,
) -> bool:
    """Writes a document for each letter and the merge list, and says whether each document was printed, too.

    Args:
        letters: what is to be written, at least one letter, of one day.
        policy: who writes, and where to pay.
        folder: where the files go; made where it is not there.
        words: of the merge list; each letter has its own language.
        own: folder of the user's templates.
        pdf: whether each document is printed as a .pdf, too; None where LibreOffice is there and can.
        force: whether files that are there may be replaced.
        progress: called with the part done, 0–1.

    Raises:
        WorkbookError: a template is not usable, LibreOffice is asked for and not there, or files cannot be written.
    """
    used = templates(letters, own)
    if pdf and office() is None:
        raise WorkbookError("no-office")
    stems = list(file_stems(letter.reference for letter in letters))
    merged = f"letters-{letters[0].day:%Y%m%d}"
    documents = [f"{stem}.docx" for stem in stems]
    prints = [f"{stem}.pdf" for stem in stems]
    listing = merge_list(letters, documents)
    with delivered(folder, [*documents, *prints, f"{merged}.xlsx", f"{merged}.csv"], force=force) as draft:
        for done, (name, letter) in enumerate(zip(documents, letters, strict=True)):
            progress(done / len(letters))
            (draft / name).write_bytes(document(letter, policy, used[letter.letter, letter.language]))
        printed = pdf is not False and _printed([draft / name for name in documents], must=bool(pdf))
        write_xlsx(draft / f"{merged}.xlsx", [listing, notice_list(letters)], words, letters[0].day)
        (draft / f"{merged}.csv").write_text(to_csv(listing, words), encoding="utf-8-sig", newline="")
    return printed


def _printed(documents: Sequence[Path], *, must: bool) -> bool:
    try:
        print_pdfs(documents)
    except WorkbookError:
        if must:
            raise
        for each in documents:
            each.with_suffix(".pdf").unlink(missing_ok=True)
        return False
    return True


def document(letter: Letter, policy: Policy, template: Template) -> bytes:
    """The Word document of a letter, in its language."""
    words = Words.of(letter.language)
    texts = fields.texts(letter, policy, words)
    tables = (fields.items(letter, words), fields.claims(letter))
    template.check([*texts, *(field for rows in tables for field in rows[0])])
    return template.filled(texts, tables)
