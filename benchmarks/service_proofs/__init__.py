"""What an operator must be able to trust of the service, each part a module."""
