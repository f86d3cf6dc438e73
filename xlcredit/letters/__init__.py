"""Letters as documents: a letter's figures in words, merged into a Word template, and the folder they are put into."""
