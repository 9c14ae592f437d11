"""Protects the service: decides who may do what, and how often.

It identifies the person or program behind each request, and checks their permission. It limits how often they may ask,
how large a request may be, and how many requests run at once. It also sets the headers that keep other websites out. It
knows nothing about the index or answers.
"""
