"""The parts of ``make prove-evidence``."""
