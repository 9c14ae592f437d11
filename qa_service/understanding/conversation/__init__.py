"""Reads a question in the conversation it belongs to: follow-ups, items pointed at, several questions at once."""
