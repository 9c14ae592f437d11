"""The command line ``qa-service``: its commands, and how it prints answers, lists and progress.

Only text for a terminal belongs here. What a command does is in the other packages, so that the web service can do the
same. No other package imports this one.
"""
