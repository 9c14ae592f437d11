"""An interpretation to a cited answer. Start with ``pipeline``."""
