"""Turns an interpretation into a cited answer. Start with ``pipeline``.

``screening`` gives the reasons for not answering before the search, and ``abstention`` those after it. A module of
``kinds`` may give its own reason, and its own note with an answer. ``later_reports`` and ``named_places`` write notes
for answers of all kinds.
"""
