"""Finds what reports print or state: grades, dates and people."""
