"""Ranks the sentences that may answer a question, and chooses those to show."""
