"""Programs that the Makefile calls, and the program that makes the sample reports."""
