"""Finds the conditions that limit the answer to a question: grades, times, kinds, counts.

Start with ``assembly.conditions``.
"""
