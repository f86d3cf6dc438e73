"""Button about xlcredit itself: what versions are at work."""

from __future__ import annotations

import platform
from importlib.metadata import version

from xlcredit import __version__
from xlcredit.excel.batch.press import Answer, Press
from xlcredit.policy import fingerprint


def about(press: Press) -> Answer:
    """Versions of xlcredit, Python, xlwings and the policy in force."""
    policy = press.policy
    text = press.say(
        "about",
        version=__version__,
        python=platform.python_version(),
        xlwings=version("xlwings"),
        policy=f"{policy.name} {policy.version} ({fingerprint(policy)})",
    )
    return Answer(text, "read")
