"""Turns text into vectors, and scores a question together with a sentence.

Start with ``encoders``, which opens the models. ``graphs`` runs them on OpenVINO, and ``torch_models`` on torch.
``stances`` decides what a sentence says. The other modules find and check the weights, count word pieces and cache
embeddings. Nothing here knows about builds, stores or searches.
"""
