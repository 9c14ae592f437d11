"""Answers to take away: Markdown, CSV and Word."""
