"""Where the pack of a ledger goes: beside the ledger's file, under its name."""

from __future__ import annotations

from pathlib import Path

from xlcredit.excel.workbook import Workbook
from xlcredit.kernel.errors import WorkbookError


def pack_beside(ledger: Path) -> Path:
    """The file of a ledger's pack."""
    return ledger.with_name(f"{ledger.stem}.pack.xlsx")


def free_place(workbook: Workbook) -> Path:
    """The file of a workbook's pack, which nobody has open.

    Raises:
        WorkbookError: the workbook was never saved, or the pack that is there is open, here or at somebody else's.
    """
    if workbook.path is None:
        raise WorkbookError("pack-unsaved", workbook.name, file=workbook.name)
    target = pack_beside(workbook.path)
    # Excel keeps two workbooks of one name apart by nothing, and says so in a file beside one that it has open.
    is_open = target.name.casefold() in {name.casefold() for name in workbook.open_beside}
    if is_open or target.with_name(f"~${target.name}").exists():
        raise WorkbookError("pack-open", target.name, file=target.name)
    return target
