"""Reads the days of a report: when its inspection took place, and when it was published.

The modules about letters and articles, and the words for days, are in the room around this one.
"""
