"""The parts of ``make prove-page``."""
