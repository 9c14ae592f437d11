"""Puts together everything that the modules of ``conditions`` find in a question. Start with ``conditions``."""
