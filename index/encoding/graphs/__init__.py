"""The encoder and the cross-encoder as OpenVINO graphs, which need no torch.

Only ``openvino_runtime`` imports OpenVINO. ``bert_graph`` builds the graphs from the weights that ``mapped_weights``
maps into memory.
"""
