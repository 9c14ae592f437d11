"""Keeping the index up to date: uploads, updates, background builds and watched folders.

Work that changes the data folder belongs here, if both the web service and the command line do it. How an index is
built is in ``index``.
"""
