"""Turns a question into a cited answer. Knows nothing of HTTP."""
