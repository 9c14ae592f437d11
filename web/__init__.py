"""The web application: everything about HTTP, and nothing about how answers are found.

``app`` puts the parts together. The layers below it are, in order: ``api`` (JSON) and ``pages`` (HTML); ``serving``,
which both of them use; ``guard`` and ``observability``; and ``contract``. A part imports only from the layers below its
own.
"""
