"""Ranks passages for a query. Knows nothing of answers."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Set before NumPy is imported. With more threads, NumPy keeps processors busy while its threads wait for work. A
question then took a quarter longer, and nearly twice the processor time."""
