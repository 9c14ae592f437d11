"""Answers about the authorities that a question names."""
