"""Layouts: which export a sheet is, and what its columns mean. One TOML file per layout, next to this one."""

from xlcredit.layouts.detect import Recognised, Sheets, recognise
from xlcredit.layouts.layout import Layout

__all__ = ["Layout", "Recognised", "Sheets", "recognise"]
