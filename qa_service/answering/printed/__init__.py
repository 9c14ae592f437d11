"""What reports print or state: grades, dates, people."""
