"""Ranks the passages of a build for a query.

Modules here score passages by vectors, by sentence vectors and by terms, apply filters, and combine the scores.
:class:`index.search.search_index.SearchIndex` opens a build and puts these together. Anything that a question needs
from the index belongs here. Reading reports and writing builds do not.
"""
