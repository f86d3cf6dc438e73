"""The Excel surface: workbooks read, enriched without loss, and built; the work behind functions and buttons."""
