"""Passages in, ranked passages out. Knows nothing of answers."""
