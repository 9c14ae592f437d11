"""Backups of a data folder: what they contain, how to make one, and how to restore one.

Anything new that the service keeps in its data folder must be added to ``inventory``, or backups will leave it out.
"""
