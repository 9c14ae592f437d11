"""The times that a question names: which words are a time, and which days it means."""
