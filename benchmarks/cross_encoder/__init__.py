"""Train the cross-encoder that comes with the product.

DATA is a data folder with an index of the real reports and the seeds. The first command runs on a CPU and takes a few
minutes. The others need a GPU: together they take ten minutes on one H200, but would take days without a GPU.

    python -m benchmarks.cross_encoder.gather DATA material.npz
    python -m benchmarks.cross_encoder.train large material.npz OUT --seed 0
    python -m benchmarks.cross_encoder.train large material.npz OUT --seed 1
    python -m benchmarks.cross_encoder.train large material.npz OUT --seed 2
    python -m benchmarks.cross_encoder.train label material.npz OUT
    python -m benchmarks.cross_encoder.train small material.npz OUT

The result is OUT/small-128x4.safetensors, which replaces index/data/cross_encoder.safetensors. For the shipped weights,
we trained with five seeds. We kept the three with the largest area under the ROC curve on the ``check`` questions.

The close reading (ADR 0033) learns from labelled sentences. This takes two hours on a CPU. The file START has the first
corrections:

    python -m benchmarks.cross_encoder.corrections DATA START OUT

To try out all the commands on a CPU in a few minutes, without getting a useful result:

    python -m benchmarks.cross_encoder.gather DATA material.npz --limit 10
    python -m benchmarks.cross_encoder.train large material.npz OUT --steps 1
    python -m benchmarks.cross_encoder.train label material.npz OUT --limit 5
    python -m benchmarks.cross_encoder.train small material.npz OUT --steps 2

The training itself needs only the repository, torch, NumPy, safetensors, scikit-learn and the encoder's weights.
"""
