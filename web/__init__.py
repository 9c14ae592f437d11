"""The web application: everything about HTTP, and nothing about how answers are found.

``app`` puts the parts together. Below it come ``api`` (JSON) and ``pages`` (HTML), then ``serving``, which both share,
then ``guard`` and ``observability``, then ``contract``. A part imports only from those below it.
"""
