"""Finds what a question says about grades: which ones, how they compare, and how they changed."""
