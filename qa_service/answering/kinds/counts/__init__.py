"""Questions that count reports by what they say or list."""
