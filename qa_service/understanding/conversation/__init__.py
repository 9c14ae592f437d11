"""Reads a question in its conversation: follow-ups, references to items in an answer, and several questions at once."""
