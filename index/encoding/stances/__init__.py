"""Decides what a sentence says: whether it praises or criticises, in general and on a theme of practice."""
