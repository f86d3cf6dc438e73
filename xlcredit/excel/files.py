"""The workbook port over a file on disk: six formats read, .xlsx and .xlsm added to in kind."""

from __future__ import annotations

import hashlib
import tempfile
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import ref

from xlcredit.excel.donor import Host
from xlcredit.excel.marks import host_of, own_columns, own_sheets
from xlcredit.excel.reading.filekind import Kind, kind_of
from xlcredit.excel.reading.reader import Later, LoadedSheet, Reader, is_hidden
from xlcredit.excel.reading.streamed import StreamedGrid
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import grid_named

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from xlcredit.excel.additions import Columns, Name, Rewrite, Sheet
    from xlcredit.excel.donor import Donor
    from xlcredit.ledger.grid import Cell, Grid, Range


class SheetGrid(StreamedGrid):
    """A sheet of a workbook file, parsed when something of it is first asked for."""

    __slots__ = ("_loaded", "_reader")
    _reader: Reader
    _loaded: LoadedSheet | None

    def __init__(self, name: str, reader: Reader, *, own: tuple[int, int] | None, hidden: bool) -> None:
        super().__init__(name, own=own, epoch_1904=reader.epoch_1904, hidden=hidden)
        object.__setattr__(self, "_reader", reader)
        object.__setattr__(self, "_loaded", None)

    @property
    def n_rows(self) -> int:
        """Rows down to the last used one."""
        return self.load().n_rows

    @property
    def n_columns(self) -> int:
        """Columns to the last used one."""
        return self.load().n_columns

    @property
    def broken(self) -> Mapping[tuple[int, int], str]:
        """(row, column) → the error value there, or UNCACHED for a formula nothing has calculated."""
        return self.load().scan.broken

    @property
    def merged(self) -> tuple[Range, ...]:
        """Merged ranges."""
        return self.load().merged

    def rows(self, start: int = 0) -> Iterator[Sequence[Cell]]:
        """Each row's cells from row ``start`` on, converted as they are asked for."""
        return self.load().rows(start)

    def scan(self) -> None:
        """Looks the sheet through for what the parser does not tell."""
        self._reader.scan(self.name)

    def load(self) -> LoadedSheet:
        """The parsed sheet."""
        loaded = self._loaded
        if loaded is None:
            loaded = self._reader.load(self.name)
            object.__setattr__(self, "_loaded", loaded)
        return loaded


class FileWorkbook:
    """A workbook or text table on disk; making one fails where the file is none of the six formats."""

    def __init__(self, path: Path, target: Path | None = None, *, in_place: bool = False) -> None:
        self.path = Path(path)
        self.name = self.path.name
        self.kind: Kind = kind_of(self.path)
        self.target = target or self.path.with_name(f"{self.path.stem}.reviewed{self.suffix}")
        """Where ``add`` writes."""
        self.in_place = in_place
        self.open_beside: Collection[str] = ()
        self._early: Later[tuple[Grid, ...]] | None = None
        self._given: tuple[ref[Grid], ...] = ()

    @property
    def can_enrich(self) -> bool:
        """Whether additions go into a copy of the very file; else its values go into a new .xlsx first."""
        return self.kind in {"xlsx", "xlsm"}

    @property
    def suffix(self) -> str:
        """The ending of what ``add`` writes, by what the file is, not by its name."""
        return ".xlsm" if self.kind == "xlsm" else ".xlsx"

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file, in hex."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def start_loading(self) -> None:
        """Begins to parse the first visible sheet in another thread; ``grids`` waits for it.

        The scan goes first, here: it needs the interpreter's lock, which the parsing does not.
        """
        if self._early is None and not self._held():
            grids = self._opened()
            if grids and isinstance(grids[0], SheetGrid):
                grids[0].scan()
            self._early = Later(lambda: _loaded(grids))

    def grids(self) -> Sequence[Grid]:
        """Every worksheet, visible ones first, sheets of ours left out; each is parsed when first asked for cells.

        The workbook keeps none of them: their memory is free again when the caller lets them go.
        """
        held = self._held()
        if held:
            return held
        early, self._early = self._early, None
        grids = early.result() if early else self._opened()
        self._given = tuple(ref(grid) for grid in grids)
        return grids

    def grid(self, name: str) -> Grid:
        """The worksheet of this name."""
        return grid_named(self.grids(), name)

    def own_sheet(self, mark: str) -> Grid | None:
        """The sheet of ours that an earlier run left under this mark."""
        _, sheets = self._own()
        name = sheets.get(mark)
        return SheetGrid(name, Reader(self.path, self.kind), own=None, hidden=False) if name else None

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """(row, column) → the formula there; none from .xls, .xlsb, .ods and text, whose values alone are read."""
        if self.kind not in {"xlsx", "xlsm", "template"}:
            self.grid(sheet)
            return {}
        from xlcredit.excel.reading.parts import PackageScans

        return PackageScans(self.path).formulas(sheet)

    def add(
        self,
        columns: Sequence[Columns] = (),
        sheets: Sequence[Sheet] = (),
        *,
        remove: Collection[str] = (),
        names: Sequence[Name] = (),
        rewrites: Sequence[Rewrite] = (),
        donor: Donor | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        """Writes a copy with the additions to ``target``; in place a backup of the file stays beside it."""
        from xlcredit.excel.patch import patch, save  # with numpy, which reading can begin without

        put = partial(
            patch,
            columns=columns,
            sheets=sheets,
            remove=remove,
            names=names,
            rewrites=rewrites,
            donor=donor,
            progress=progress,
        )
        if self.in_place:
            save(self.path, **put.keywords)
            self._given = ()  # what was read before is no longer what stands there
        elif self.can_enrich:
            put(self.path, self.target)
        else:
            with tempfile.TemporaryDirectory(prefix="xlcredit-") as folder:
                carried = Path(folder) / self.target.name
                carry_over(self, carried)
                put(carried, self.target)

    def host(self) -> Host:
        """What the workbook that ``add`` writes has before anything is added."""
        if self.can_enrich:
            return host_of(self.path)
        from xlcredit.excel.build import sheet_name

        grids, names = self.grids(), list[str]()
        for grid in grids:
            names.append(sheet_name(grid.name, names))
        return Host(tuple(names), epoch_1904=any(grid.epoch_1904 for grid in grids))

    def _held(self) -> tuple[Grid, ...]:
        """The grids given out before, if somebody still holds them all."""
        grids = tuple(grid for given in self._given if (grid := given()) is not None)
        return grids if len(grids) == len(self._given) else ()

    def _opened(self) -> tuple[Grid, ...]:
        if self.kind == "csv":
            from xlcredit.excel.reading.csvfile import TextGrid

            return (TextGrid(self.path),)
        reader = Reader(self.path, self.kind)
        own, ours = self._own()
        grids = [
            SheetGrid(sheet.name, reader, own=own.get(sheet.name), hidden=is_hidden(sheet))
            for sheet in reader.sheets
            if sheet.name not in ours.values()
        ]
        return tuple(sorted(grids, key=lambda grid: grid.hidden))

    def _own(self) -> tuple[dict[str, tuple[int, int]], dict[str, str]]:
        """Columns of ours by sheet, and sheets of ours by mark, that an earlier run left."""
        if not self.can_enrich:
            return {}, {}
        try:
            columns = {sheet: (first, last) for sheet, first, last in own_columns(self.path).values()}
            return columns, own_sheets(self.path)
        except WorkbookError as fault:
            # Nobody has added to a signed workbook since; it can be read all the same.
            if fault.code == "signed":
                return {}, {}
            raise


def _loaded(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """The grids, the first of them parsed."""
    if grids and isinstance(grids[0], SheetGrid):
        grids[0].load()
    return grids


def carry_over(source: FileWorkbook, target: Path) -> None:
    """Writes the values of a workbook of any format into a new .xlsx: same sheets, same places."""
    from xlcredit.excel.build import build
    from xlcredit.excel.reading.carry import typed

    grids = [typed(grid) for grid in source.grids()]
    # Days that are no date cells but plain serials keep their meaning only in the same date system.
    build(target, grids, epoch_1904=any(grid.epoch_1904 for grid in grids))
