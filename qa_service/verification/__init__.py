"""Checks saved answers: each quote and each grade is looked up again in its report's file.

A new check on an answer belongs here. It may read a saved answer and report files. It must never read an index, because
the proof must not depend on the service.
"""
