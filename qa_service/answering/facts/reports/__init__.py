"""Lists of reports, and what their facts say: dates, people, numbers by year."""
