"""History: what was sold, paid and lost over time, and how each customer pays."""
