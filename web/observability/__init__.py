"""Shows the people who run the service how it is doing: health checks, logs, metrics and request ids.

No question, report or person appears in the metrics. Questions appear in the log only if the settings say so.
"""
