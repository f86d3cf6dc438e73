"""Insurance: what the credit insurer carries of what is owed, what it costs, and what a claim takes."""
