"""Ranks the passages of a build for a query.

Modules here score passages by vectors, by sentence vectors and by terms, apply filters, and combine the scores.
:class:`index.search.search_index.SearchIndex` opens a build and puts these parts together. All code that reads the
index to answer a question belongs here. Code that reads reports or writes builds does not belong here.
"""
