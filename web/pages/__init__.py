"""The HTML pages for people: one module for each group of pages, and what their templates need.

The pages work without JavaScript. Code that they share with the JSON interface is in ``web.serving``.
"""
