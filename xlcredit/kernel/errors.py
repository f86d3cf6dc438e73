"""Every exception xlcredit raises on purpose.

    XlcreditError
    ├─ PolicyError      the policy is malformed or contradicts itself
    ├─ LedgerError      the ledger cannot be read as one
    │  └─ LayoutError   no known layout fits these headers
    └─ WorkbookError    locked, protected, encrypted, damaged, too large, or not a workbook

Facts about *data* are no exceptions but findings (``xlcredit.ledger.findings``). An error is a
code, a place and the facts of the case; the words for it are in ``locales``, in every language.
"""

from __future__ import annotations

from xlcredit.locales import Words


class XlcreditError(Exception):
    """A fault of the policy, the file or the call, with its place and its remedy."""

    def __init__(self, code: str, where: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.where = where
        self.facts = facts

    @property
    def place(self) -> str:
        """Where it is, as a person is told."""
        return self.where

    def message(self, words: Words | None = None) -> str:
        """What is wrong, with the value that is."""
        return (words or Words.of("en")).problem(self.code, "message", self.facts)

    def remedy(self, words: Words | None = None) -> str:
        """What to do about it."""
        return (words or Words.of("en")).problem(self.code, "remedy", self.facts)

    def in_words(self, words: Words | None = None) -> str:
        """Place, message and remedy on one line; a place that the message itself begins with is not said twice."""
        words = words or Words.of("en")
        message = self.message(words)
        said = words("joined", "remedy").format(message=message, remedy=self.remedy(words)).rstrip()
        return said if not self.place or message.startswith(self.place) else words.at(self.place, said)

    def __str__(self) -> str:
        return self.in_words()


class PolicyError(XlcreditError):
    """The policy is malformed or contradicts itself; ``faults`` holds every fault found."""

    def __init__(self, code: str, where: str = "", *, faults: tuple[PolicyError, ...] = (), **facts: object) -> None:
        super().__init__(code, where, **facts)
        self.faults = faults or (self,)

    @property
    def place(self) -> str:
        """Dotted path and, in brackets, the file, sheet or option that says so."""
        source = self.facts.get("source")
        return f"{self.where} ({source})" if self.where and source else self.where

    def in_words(self, words: Words | None = None) -> str:
        """The error itself, then each fault it holds on a line of its own."""
        itself = super().in_words(words)
        if self.faults == (self,):
            return itself
        return "\n".join([itself, *(f"  {fault.in_words(words)}" for fault in self.faults)])


class LedgerError(XlcreditError):
    """The ledger cannot be read as one."""


class LayoutError(LedgerError):
    """No known layout fits the headers."""


class WorkbookError(XlcreditError):
    """The file is locked, protected, encrypted, damaged, too large, or not a workbook."""
