"""The HTML pages for people: one module for each group of pages, and modules that their templates use.

The pages work without JavaScript. Code that they share with the JSON interface is in ``web.serving``.
"""
