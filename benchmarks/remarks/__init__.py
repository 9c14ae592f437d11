"""Trains and measures how we find remarks: sentences in which a report praises or criticises a theme of practice."""
