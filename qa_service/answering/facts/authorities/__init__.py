"""Lists of authorities: by their grades, by changes of grade, or by their inspections."""
