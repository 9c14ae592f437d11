"""Passages in, ranked passages out. Knows nothing of answers."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Before NumPy is imported: its threads would wait for a next product, each on a processor, while others compute. A
question took a quarter longer by it, and nearly twice the processors' time."""
