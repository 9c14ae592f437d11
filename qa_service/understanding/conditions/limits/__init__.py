"""Finds the phrases and numbers that limit which sentences can answer a question: "at weekends", "over 25 cases"."""
