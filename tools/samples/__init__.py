"""Makes the sample reports in corpus/samples from the texts in this folder."""
