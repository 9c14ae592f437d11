"""Commands that print overviews of several reports."""
