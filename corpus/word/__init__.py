"""Finds what a Word document prints, from its parts, styles, numbers, runs, notes and tables.

The reader itself is ``corpus.readers.word``.
"""
