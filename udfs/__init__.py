"""Excel's way in: worksheet functions and ribbon buttons, each one call into ``xlcredit.excel``."""
