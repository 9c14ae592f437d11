"""Finds what is drawn on a page of a PDF, and which parts of that a viewer shows.

Modules here call PDFium. They list the objects of a page, load its text, read form fields, and leave out watermarks and
copies. The room ``hiding`` leaves out the text that nobody sees. Code that groups characters into lines belongs in
``corpus.pdf``.
"""
