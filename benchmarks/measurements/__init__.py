"""Commands that print figures without bounds."""
