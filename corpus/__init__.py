"""Reports in, passages out. Knows nothing of search."""
