"""Proof of saved answers: each quote and each grade is looked up again in the file of its report.

A new check of an answer belongs here. It may read a saved answer and files of reports, but never an index, because the
proof must not depend on the service.
"""
