"""Checks saved answers. They look up each quote and each grade again in the file of its report.

New checks of answers belong here. A check may read a saved answer and the files of reports. It must never read an
index, because the proof must not depend on the service.
"""
