"""Reads messages as busy people type them: finds what they ask, and the words around it that ask for nothing."""
