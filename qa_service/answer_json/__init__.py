"""An answer as JSON, in the same form on the command line and over HTTP.

These types are the only description of that JSON. ``web.contract.answer_responses`` makes the OpenAPI schemas from
these types, so people who write clients read each of these docstrings. Start with ``answer``.
"""
