"""Recipes of the workbooks xlcredit ships, and the seeded demo ledger."""

from workbooks.demo import AS_OF, build_demo, build_rates

__all__ = ["AS_OF", "build_demo", "build_rates"]
