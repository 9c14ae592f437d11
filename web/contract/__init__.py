"""The contract with clients: the form and limits of requests, the form of replies, and the descriptions of problems.

It imports no other part of ``web``. We generate the OpenAPI document from it.
"""
