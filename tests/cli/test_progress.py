"""The progress bar: for a person who waits, never for a log."""

from __future__ import annotations

import io
import time

import pytest

from xlcredit.cli.progress import progress


class Terminal(io.StringIO):
    """Standard error with somebody in front of it."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch, screen: io.StringIO, seconds: float) -> str:
    monkeypatch.setattr("sys.stderr", screen)
    with progress("ledger.xlsx") as advance:
        advance(0.5)
        time.sleep(seconds)
        advance(0.8)
        return screen.getvalue()


def test_who_waits_longer_than_a_second_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = watched(monkeypatch, Terminal(), 1.2)
    assert "ledger.xlsx" in shown
    assert "80%" in shown


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "" == watched(monkeypatch, Terminal(), 0)


def test_a_log_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "" == watched(monkeypatch, io.StringIO(), 1.2)
