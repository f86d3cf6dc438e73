"""Collection: what is owed late, what was said and agreed about it, and what goes out next."""
