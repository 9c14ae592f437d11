"""Answers in the form that people take away: references, and downloads in Markdown, CSV and Word.

A new download format belongs here, and so does the wording of a reference. Sending a download over HTTP does not:
that is the work of ``web``.
"""
