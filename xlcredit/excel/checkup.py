"""A check-up of the installation: what each check found, said alike by the command and the button."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlcredit.kernel.errors import XlcreditError
from xlcredit.locales import Words

OK, HINT, FAULT = "ok", "hint", "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found."""

    code: str
    state: str = OK
    """Whether all is well ("ok"), something may be wrong ("hint"), or the add-in cannot work ("fault")."""
    facts: dict[str, object] = field(default_factory=dict)

    def in_words(self, words: Words) -> str:
        """The state and what was found, and below it what to do."""
        said = words.table["doctor"][self.code]
        facts = {
            key: fact.in_words(words) if isinstance(fact, XlcreditError) else fact for key, fact in self.facts.items()
        }
        message = said["message"].format_map(facts)
        line = words("doctor_states", "line").format(state=words("doctor_states", self.state), message=message)
        return f"{line}\n    {said['remedy'].format_map(facts)}" if "remedy" in said else line
