"""Questions with known answers, and the parts of ``make prove-questions``."""
