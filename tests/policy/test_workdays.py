"""Working days of a country, and that nobody waits for them who does not ask."""

from __future__ import annotations

import subprocess
import sys

from xlcredit.policy.workdays import countries, workdays


def test_china_s_golden_week_is_off_and_its_weekends_before_and_after_are_worked():
    china = workdays("CN", 2026, 2026)
    october = [day for day in china.off.astype(str).tolist() if day.startswith("2026-10")]
    assert october[:3] == ["2026-10-01", "2026-10-02", "2026-10-03"]
    assert [day for day in china.worked.astype(str).tolist() if day >= "2026-09"] == ["2026-09-20", "2026-10-10"]


def test_without_a_country_weekends_alone_are_off():
    none = workdays("", 2026, 2027)
    assert (len(none.off), len(none.worked)) == (0, 0)


def test_the_countries_are_known_by_their_iso_codes():
    assert {"CN", "DE", "FR", "GB", "US"} <= set(countries())


def test_the_calendar_is_not_imported_before_it_is_needed():
    code = "import sys, udfs.functions, xlcredit.policy as p; p.load(); print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
