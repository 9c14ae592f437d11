"""Turns text into vectors, and scores a question together with a sentence.

The modules here find and check the models' weights, and run the encoder and the cross-encoder on OpenVINO or torch.
They also count word pieces and cache embeddings. They know nothing about builds, stores or searches.
"""
