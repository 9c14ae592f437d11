"""Overviews of several reports, with proved quotes: comparisons, summaries, briefings, registers and lists.

The figures themselves come from ``qa_service.analysis``. A table or a document of an overview belongs here too.
"""
