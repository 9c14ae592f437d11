"""Acceptance checks: each ``prove_*.py`` is a ``make prove-…`` command that compares figures with bounds."""
