"""Turns reports into passages. It knows nothing about search."""
