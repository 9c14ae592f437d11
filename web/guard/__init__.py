"""Protection of the service: who may do what, and how much.

It identifies the person or program behind each request, checks their permission, limits how often and how many at a
time they may ask, and sets the headers that keep other websites out. It knows nothing about the index or answers.
"""
