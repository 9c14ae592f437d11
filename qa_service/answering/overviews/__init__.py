"""Overviews of several reports, with proved quotes: comparisons, summaries, briefings, registers and lists.

The figures themselves come from ``qa_service.analysis``. The tables and documents of an overview also belong here.
"""
