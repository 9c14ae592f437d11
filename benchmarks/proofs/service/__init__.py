"""The parts of ``make prove-service``."""
