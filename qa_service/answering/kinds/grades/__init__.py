"""Questions about the grades that reports give."""
