"""Every test of the functions starts without a configuration."""

from __future__ import annotations

import pytest

from xlcredit.excel import configuration


@pytest.fixture(autouse=True, scope="module")
def no_configuration(tmp_path_factory):
    """For the module, as a property test runs its examples within one test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLCREDIT_HOME", str(tmp_path_factory.mktemp("nobody")))
        configuration.reload()
        yield
    configuration.reload()
