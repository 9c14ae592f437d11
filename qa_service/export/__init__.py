"""Answers in forms that people can take away: references, and downloads in Markdown, CSV and Word.

A new download format belongs here, and so does the wording of a reference. Code that sends a download over HTTP
belongs in ``web``.
"""
