"""Parts of ``make prove-findings``."""
