"""The JSON interface for programs: one module for each group of addresses, and one for the OpenAPI document.

Each view has an ``@operation`` that describes it. Code that the views share with the pages is in ``web.serving``.
"""
