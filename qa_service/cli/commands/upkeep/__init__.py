"""Commands that keep the data of an installation: they build, add, remove, check, back up and restore.

``updating`` has what these commands share.
"""
