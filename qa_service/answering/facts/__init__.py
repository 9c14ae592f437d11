"""Answers that follow from the facts of reports: lists, counts, dates, people, changes. Start with ``answer``."""
