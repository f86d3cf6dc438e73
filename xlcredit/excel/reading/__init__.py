"""Files of six formats as grids: which kind a file is, its cells, and what its reader cannot tell (errors, 1904)."""
