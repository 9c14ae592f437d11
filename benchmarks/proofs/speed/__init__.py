"""The parts of ``make prove-speed``."""
