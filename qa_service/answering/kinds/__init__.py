"""The kinds of question, each in a module of its own. ``kind`` contains what they have in common.

To add a kind, write a module with a class that has ``matches``, ``retrieve`` and ``answer``. Add the class to
``ALL_KINDS`` in ``qa_service.answering.composition``. Put it before any kind that should answer only what the new kind
does not.
"""
