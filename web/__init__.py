"""The web application. It handles everything about HTTP, and does not decide how answers are found.

``app`` puts the parts together. ``api`` (JSON) and ``pages`` (HTML) are the layer below it. Next come ``serving``,
which both of them use, then ``guard`` and ``observability``, then ``contract``. Each part imports only from the layers
below it.
"""
