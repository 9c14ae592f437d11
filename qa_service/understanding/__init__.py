"""What a question means: authorities, times, kinds of inspection, and what earlier questions add."""
