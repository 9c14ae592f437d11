"""Reads each file a second time with other programs, so that more than the reader itself proves a quote.

Nothing here may use the reader of the format. Each module uses another library, or rules of its own.
"""
