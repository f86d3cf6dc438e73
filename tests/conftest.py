"""What every test may ask for, and how hard the property tests try."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from xlcredit.excel.configuration import reload

# The machine is shared and slow: a deadline would fail tests for what a neighbour does.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=50, **_COMMON)
settings.register_profile("fuzz", max_examples=2_000, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

REAL_FILES = Path(__file__).parents[2] / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden dumps anew; review them as a diff")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden dumps are to be written instead of compared."""
    return request.config.getoption("--update-golden")


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's own folder of configuration, empty."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XLCREDIT_HOME", str(folder))
    reload()
    yield folder
    reload()


@pytest.fixture(scope="session")
def real_files() -> Path:
    """The folder of real ledgers and workbooks, which lies beside the project where there is one."""
    if not REAL_FILES.is_dir():
        pytest.skip("no ../shared/data beside the project")
    return REAL_FILES
