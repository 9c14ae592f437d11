"""Other systems of this kind, each doing what this one does, in an environment of their own (``make peers``).

Nothing here is imported by the product or its tests; nothing of the product is imported here.
"""
