"""Records that the service keeps for people: conversations, feedback and access tokens.

Each store keeps one file in the data folder. Anything that people write or own belongs here. The text of reports does
not, apart from the quotes that feedback refers to.
"""
