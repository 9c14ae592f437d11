"""Turns an interpretation into a cited answer. Start with ``pipeline``."""
