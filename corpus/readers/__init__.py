"""One reader for each format: a function that takes a path and returns a Document.

``corpus.reading`` decides which reader a file needs. ``body`` finds where a report begins
and ends, whatever its format.
"""
