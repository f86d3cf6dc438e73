"""What a command prints of a review: totals by bucket, customers by grade, findings by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from xlcredit.control import Review
from xlcredit.control.capabilities import CAPABILITIES
from xlcredit.control.listing import Lists
from xlcredit.excel.recalculated.tables import Liveness
from xlcredit.kernel.money import decimals, grouped, in_text, to_minor
from xlcredit.ledger.findings import SEVERITIES, Finding, at_least
from xlcredit.locales import Words, display_width
from xlcredit.policy import fingerprint
from xlcredit.rules.aging import UNDATED

EXAMPLES = 3
"""Places named of each kind of finding; the workbook's Findings sheet has all of them."""


def failing(findings: tuple[Finding, ...], fail_on: str) -> int:
    """Exit code: 1 where there is a finding at least this severe."""
    return int(fail_on != "never" and bool(at_least(findings, fail_on)))


def print_review(review: Review, lists: Lists, words: Words, as_of_source: str = "given") -> None:
    """Prints a review's summary."""
    say = words.phrase
    print_heading(review, words, as_of_source)
    print()
    print_table(_totals(review, words))
    print()
    print(say("customers", count=len(review.customers.customer), grades=_grades(review, words)))
    print(say("stages", stages=_stages(review, words)))
    if lists:
        _print_lists(lists, words)
        _print_avoided(lists, review.currency, words)
    print_findings(review.findings, words)


def print_heading(review: Review, words: Words, as_of_source: str) -> None:
    """Prints what was reviewed, as of which day and by which policy; the day says where it is from if not given."""
    say, policy = words.phrase, review.policy
    as_of = say(f"as_of_{as_of_source}", as_of=review.as_of)
    print(say("reviewed", file=review.ledger.source.file, sheet=review.ledger.source.sheet, as_of=as_of))
    print(say("policy", name=policy.name, version=policy.version, fingerprint=fingerprint(policy)))


def _print_lists(lists: Lists, words: Words) -> None:
    """Prints how many lines each list has, and how many questions the review could answer."""
    counted = {key: len(made) for key, made in lists.items() if key != CAPABILITIES}
    if counted:
        print(words.phrase("lists", lists=words.named(f"{words('lists', key)} {n}" for key, n in counted.items())))
    if CAPABILITIES in lists:
        said = lists[CAPABILITIES]["answered"].tolist()
        sheet = words("lists", CAPABILITIES)
        print(words.phrase("answered", answered=said.count("yes"), all=len(said), sheet=sheet))


def _print_avoided(lists: Lists, currency: str, words: Words) -> None:
    """Prints what orders of customers on the blacklist would have added, where any is held (D13)."""
    fields = lists["blacklist"].fields if "blacklist" in lists else ()
    places = decimals(currency)
    for held in (field.cells for field in fields if field.key == "avoided_exposure"):
        total = grouped(in_text(int(to_minor(held, places).sum()), places))
        print(words.phrase("avoided_exposure", amount=total, currency=currency))


def print_targets(target: Path, record: Path | None, words: Words, live: Sequence[Liveness] = ()) -> None:
    """Prints how far our columns are formulas, and where the files lie."""
    for table in live:
        print(table.in_words(words))
    print(words.phrase("written", file=target))
    if record:
        print(words.phrase("written", file=record))


def _totals(review: Review, words: Words) -> list[list[str]]:
    """Buckets down, currencies across."""
    codes = list(review.totals)
    rows = [["", *codes]]
    for key in review.policy.buckets.keys:
        minor = [review.totals[code].buckets[key] for code in codes]
        if any(minor) or key != UNDATED:
            rows.append([words("buckets", key), *_amounts(minor, codes)])
    rows.append([words.phrase("open"), *_amounts([review.totals[code].open for code in codes], codes)])
    rows.append([words.phrase("overdue"), *_amounts([review.totals[code].overdue for code in codes], codes)])
    return rows


def _amounts(minor: Sequence[int], codes: Sequence[str]) -> list[str]:
    return [grouped(in_text(amount, decimals(code))) for amount, code in zip(minor, codes, strict=True)]


def _grades(review: Review, words: Words) -> str:
    counted = Counter(review.customers.grade.tolist())
    named = [f"{grade} {counted[grade]}" for grade in review.policy.grades.names if counted[grade]]
    return words.named([*named, *([f"{words.phrase('ungraded')} {counted['']}"] if counted[""] else [])])


def _stages(review: Review, words: Words) -> str:
    counted = Counter(action for action in review.items.action.tolist() if action)
    return words.named(f"{words('actions', action)} {count}" for action, count in counted.most_common()) or "0"


def print_findings(findings: Sequence[Finding], words: Words) -> None:
    """Prints the findings by severity and code, the worst first, with the first places of each."""
    if not findings:
        print(words.phrase("no_findings"))
        return
    for severity in reversed(SEVERITIES):
        by_code: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.severity == severity:
                by_code.setdefault(finding.code, []).append(finding)
        for code, found in by_code.items():
            _print_kind(severity, code, found, words)


def _print_kind(severity: str, code: str, found: Sequence[Finding], words: Words) -> None:
    print(f"{words('severities', severity)} [{code}] × {len(found)}")
    for finding in found[:EXAMPLES]:
        print(f"  {words.at(finding.where, finding.message(words))}")
    if len(found) > EXAMPLES:
        print(f"  … {words.phrase('more', count=len(found) - EXAMPLES)}")
    print(f"  → {found[0].remedy(words)}")


def print_table(rows: Sequence[Sequence[str]], *, text_columns: int = 1) -> None:
    """Prints rows in columns: the first ``text_columns`` to the left, numbers to the right."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            _padded(cell, width, at < text_columns) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  " + "  ".join(cells).rstrip())


def _padded(cell: str, width: int, left: bool) -> str:
    space = " " * (width - display_width(cell))
    return cell + space if left else space + cell
