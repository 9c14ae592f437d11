"""How the cross-encoder that ships with the product was made.

Two steps, as the second is quick on a GPU and needs nothing of the product there:

    python -m benchmarks.cross_encoder.gather DATA material.npz     # DATA holds an index of the reports and the seeds
    python -m benchmarks.cross_encoder.train material.npz OUT       # torch, numpy and safetensors are all it imports
"""
