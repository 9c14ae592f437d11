"""Finds the lists in which a report asks for improvements, priority actions and recommendations.

``improvements`` returns their items. ``parts`` finds the blocks of each list, ``labels`` who must act, and
``marked_items`` and ``rows`` the items. ``unread`` finds the lists that we did not read as a whole.
"""
