"""Makes the sample reports in corpus/samples from the texts beside this file."""
