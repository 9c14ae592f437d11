"""The same models in torch: for training, for tests, and for machines on which OpenVINO does not load."""
