"""Measurements of speed and quality. README.md says what each command measures."""
