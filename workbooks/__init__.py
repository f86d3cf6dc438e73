"""Recipes of the workbooks xlcredit ships, and the seeded demo ledger."""

from workbooks.demo import ALL, AS_OF, build_demo, build_rates

__all__ = ["ALL", "AS_OF", "build_demo", "build_rates"]
