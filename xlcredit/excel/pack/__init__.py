"""The credit pack: a workbook made from one review, to open on Monday morning and know what to do."""
