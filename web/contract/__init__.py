"""The contract with clients: the form of requests and replies, and the descriptions of problems.

It imports nothing else from ``web``. The OpenAPI document is generated from it.
"""
