"""Turns a question into a cited answer. This package knows nothing about HTTP."""
