"""The kinds of question, each in a module of its own. ``kind`` says what they have in common.

To add a kind, write a module with a class that has ``matches``, ``retrieve`` and ``answer``. Add it to ``ALL_KINDS`` in
``qa_service.answering.composition``, before the kinds that should answer only what the new one leaves to them.
"""
