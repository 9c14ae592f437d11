"""The times that a question names: which words name a time, and which days they mean."""
