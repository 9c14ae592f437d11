"""What a Word document prints: its parts, styles, numbers, runs, notes and tables.

The reader itself is ``corpus.readers.word``.
"""
