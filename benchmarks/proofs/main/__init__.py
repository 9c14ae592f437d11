"""Check that bad input leads to a clear error and the right status, and that nothing is lost."""
