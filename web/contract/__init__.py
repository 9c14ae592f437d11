"""The contract with clients: the form of requests and replies, and the description of problems.

It imports nothing else from ``web``. The OpenAPI document is made from it.
"""
