"""The parts of ``make prove-index``."""
