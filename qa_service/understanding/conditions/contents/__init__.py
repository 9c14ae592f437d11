"""Finds what a question says that reports must contain: exact words, themes, subjects and items of their own lists."""
