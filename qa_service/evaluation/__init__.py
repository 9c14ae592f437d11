"""Evaluation: asks questions with known evidence, scores the answers, and compares two runs.

A new measure belongs here, in ``metrics``. The questions and figures for this product are in ``benchmarks``.
"""
