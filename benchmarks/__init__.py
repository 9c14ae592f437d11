"""Measurements of speed and quality, apart from the tests."""
