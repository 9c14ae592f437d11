"""Keeps the index up to date: uploads, updates, background builds and watched folders.

Code that changes the data folder belongs here if both the web service and the command line use it. The code that builds
an index is in ``index``.
"""
