"""What the pages and the JSON interface share for overviews of several reports."""
