"""A report's lists of improvements, priority actions and recommendations, and the titles and marks in them."""
