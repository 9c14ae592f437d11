"""The HTML pages for people: one module for each group of pages, and what their templates need.

They work without JavaScript. What a page shares with the JSON interface is in ``web.serving``.
"""
