"""Protection of the service: who may do what, and how much.

It identifies the person or program behind each request, checks their permission, limits how often they may ask and how
many requests run at once, and sets the headers that keep other websites out. It knows nothing about the index or
answers.
"""
