"""Turns a question into a cited answer. Knows nothing about HTTP."""
