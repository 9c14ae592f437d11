"""Finds which parts of an inspection a question asks the grades of: "good overall, but which part was not?"."""
