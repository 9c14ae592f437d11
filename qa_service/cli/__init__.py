"""The command line ``qa-service``: its commands, and how it prints answers, lists and progress.

Only text for a terminal belongs here. The work of each command is done in other packages, so that the web service can
do it too. No other package imports this one.
"""
