"""Pages about several reports: authorities, grades, comparisons, themes and what is new, with charts and downloads."""
