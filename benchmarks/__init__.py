"""Benchmarks: each figure beside the named alternative's, taken in the same run; none of them is a timed test."""
