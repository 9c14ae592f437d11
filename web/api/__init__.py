"""The JSON interface, one module for each group of addresses."""
