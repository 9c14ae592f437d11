"""The parts of ``make prove-reading``."""
