"""Works out what a question is about: authorities, times, kinds of inspection, and what earlier questions add."""
