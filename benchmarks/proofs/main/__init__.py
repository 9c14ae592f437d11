"""The parts of ``make prove-main``."""
