"""Text to vectors: the encoder and the cross-encoder, on OpenVINO or torch, with their weights checked."""
