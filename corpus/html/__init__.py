"""What a web page shows, what of that is its main content, and the blocks that its elements make.

The Markdown reader uses these modules too. The readers themselves are in ``corpus.readers``.
"""
