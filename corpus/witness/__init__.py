"""Reads each file a second time with other programs, so that more than the reader itself proves a quote.

Nothing here may use the reader of the format. Each module uses another library, or rules of its own. Both readings
share only the rules that ADR 0038 lists: what a page shows for a sign, a style or a field, but not how we find its
words.
"""
