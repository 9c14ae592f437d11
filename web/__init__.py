"""The web application: everything about HTTP, and nothing about how answers are found.

``app`` puts the parts together. The layers below it, from top to bottom, are: ``api`` (JSON) and ``pages`` (HTML);
``serving``, which both of them use; ``guard`` and ``observability``; and ``contract``. Each part imports only from the
layers below its own.
"""
