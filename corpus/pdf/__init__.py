"""Makes lines of the characters on PDF pages, and headings, paragraphs, items and rows of tables of the lines.

``pdf_file`` opens PDFs, the room ``sheets`` reads lines, and ``paragraphs`` groups them. Code that decides what a
viewer shows belongs in ``corpus.pdfium``.
"""
