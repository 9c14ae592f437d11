"""Reads a message as a busy person types it: what it asks, and the words around it that ask for nothing."""
