"""Turns text into vectors, and scores a question together with a sentence.

Modules here find and check the models' weights, run the encoder and the cross-encoder on OpenVINO or torch, count word
pieces, and cache embeddings. These modules know nothing about builds, stores or searches.
"""
