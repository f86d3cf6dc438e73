"""The .xlsx package from the inside: zip, parts, rows, styles; what ``patch`` edits and leaves alone."""
