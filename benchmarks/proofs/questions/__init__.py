"""Questions whose right answers follow from facts, and the parts of ``make prove-questions``."""
