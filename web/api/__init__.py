"""The JSON interface for programs: one module for each group of addresses, and the OpenAPI document about them.

Each view has an ``@operation`` that describes it. What a view shares with the pages is in ``web.serving``.
"""
