"""Finds what a web page shows, its main content, and the blocks that its elements make.

The Markdown reader uses these modules too. The readers themselves are in ``corpus.readers``.
"""
