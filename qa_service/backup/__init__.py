"""Backups of a data folder: what they contain, how we make one, and how we restore one.

Anything new that the service keeps in its data folder must be added to ``inventory``, or backups will leave it out.
"""
