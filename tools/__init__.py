"""Programs that make what the repository ships, and what the Makefile calls."""
