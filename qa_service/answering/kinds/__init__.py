"""The kinds of question, one module each. ``kind`` says what they have in common.

To add a kind, write a module with a class that has ``matches``, ``retrieve`` and ``answer``. Add it to ``ALL_KINDS`` in
``qa_service.answering.composition``, before the kinds that should only answer what the new one leaves.
"""
