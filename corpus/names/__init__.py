"""The names of authorities and other places, in reports and in questions."""
