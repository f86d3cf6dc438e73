"""Templates: the Word document behind each letter, the user's own before the builtin one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from xlcredit.control.letters import Letter
from xlcredit.kernel.errors import WorkbookError
from xlcredit.letters.document import Template

Kind = tuple[str, str]
"""Letter and language."""

_BUILTIN = files(__package__).joinpath("templates")


def templates(letters: Iterable[Letter], folder: Path | None = None) -> Mapping[Kind, Template]:
    """The template of each letter and language that is written, ``<letter>.<language>.docx``.

    Raises:
        WorkbookError: the folder is not there; a template is nowhere, or no Word document.
    """
    if folder and not folder.is_dir():
        raise WorkbookError("template-folder-missing", folder=folder)
    kinds = sorted({(letter.letter, letter.language) for letter in letters})
    return {kind: _template(*kind, folder) for kind in kinds}


def builtin() -> Mapping[str, bytes]:
    """The builtin templates, by the name of their file."""
    found = sorted(_BUILTIN.iterdir(), key=lambda file: file.name)
    return {file.name: file.read_bytes() for file in found if file.name.endswith(".docx")}


def _template(letter: str, lang: str, folder: Path | None) -> Template:
    name = f"{letter}.{lang}.docx"
    # A name of the policy's own making must not lead out of the folder.
    plain = not {"/", "\\", ":"} & set(name)
    if plain and folder and (folder / name).is_file():
        return Template(name, (folder / name).read_bytes())
    if name not in builtin():
        raise WorkbookError("template-missing", file=name, letter=letter)
    return Template(name, builtin()[name])
