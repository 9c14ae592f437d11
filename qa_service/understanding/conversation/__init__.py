"""Reads a question in its conversation: follow-ups, references to items of an answer, and several questions at once."""
