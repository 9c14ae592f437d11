"""The contract with clients: the form of requests and replies, and the descriptions of problems.

It imports no other part of ``web``. We generate the OpenAPI document from it.
"""
