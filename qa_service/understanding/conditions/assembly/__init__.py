"""Puts together all that the modules of ``conditions`` find in a question. Start with ``conditions``."""
