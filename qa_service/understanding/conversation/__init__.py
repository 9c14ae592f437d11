"""Interprets a question in its conversation: follow-ups, references to items, and several questions at once."""
