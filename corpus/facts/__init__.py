"""The facts about a report: title, authority, kind, dates, inspector and stated outcomes, and warnings about them.

``metadata`` puts them together, from one module for each subject and the room ``days``. ``sidecar`` lets a person
correct them.
"""
