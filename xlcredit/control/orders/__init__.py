"""Orders: those that are open, and the limit in force that they are held against."""
