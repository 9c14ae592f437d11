"""Ranks passages for a query. This package knows nothing about answers."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""This must be set before NumPy is imported. With more than one thread, NumPy keeps processors busy while its threads
wait for work. With more threads, a question took a quarter longer and used nearly twice as much processor time."""
