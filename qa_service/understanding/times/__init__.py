"""Finds the times in a question: which words name a time, and which days they mean."""
