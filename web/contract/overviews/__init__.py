"""Replies about several reports: grades, comparisons, improvements, summaries, themes and what is new."""
