"""Proof of saved answers from the report files alone."""
