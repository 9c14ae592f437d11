"""Ranks passages for a query. This package knows nothing about answers."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Set before NumPy is imported. With more threads, NumPy keeps processors busy while its threads wait for work. A
question then took a quarter longer to answer, and used nearly twice as much processor time."""
