"""Turns PDFium's characters on a page into lines.

``sheet`` makes the lines. It asks the other modules to read the characters, measure them, cut printed lines into cells,
and mend spaces, raised figures, single letters and bullets.
"""
