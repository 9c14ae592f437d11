"""Health checks, logs, metrics and request identifiers."""
