"""Reads each file a second time with other programs, so that a quote is not proved only by its own reader.

Nothing here may use the reader of the format. Each module uses another library, or rules of its own.
"""
