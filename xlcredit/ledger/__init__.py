"""The canonical tables of receivables, how rows of cells become them, and what was found on the way."""
