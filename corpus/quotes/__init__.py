"""Finds a quote word for word on a page of the file that a report was read from."""
