"""Reads grades from the tables and lines in which reports print them.

The grades, areas and frameworks themselves are in ``corpus.grades`` and ``corpus.graded_areas``.
"""
