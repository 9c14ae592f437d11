"""From the characters of PDF pages to lines, and from lines to headings, paragraphs, items and rows of tables.

``pdf_file`` opens PDFs, ``lines`` reads lines, and ``paragraphs`` groups them. Code that decides what a viewer shows
belongs in ``corpus.pdfium``.
"""
