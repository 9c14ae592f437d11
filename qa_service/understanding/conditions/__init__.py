"""Finds what a question limits its answer to: grades, times, kinds, counts. Start with ``assembly.conditions``."""
