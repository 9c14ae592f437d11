"""Lengths of time between inspections, reports and the day of the question."""
