"""Recognises what a question asks for from its wording: a summary, a comparison, what became of improvements."""
