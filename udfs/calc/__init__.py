"""The worksheet functions in LibreOffice Calc: an extension (.oxt) whose component is written in Python."""
