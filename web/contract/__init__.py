"""What clients may send and what they get back: requests, responses and problems."""
