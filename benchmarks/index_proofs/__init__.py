"""The parts of the proof that the index is kept well, one file each."""
