"""What the pages and the JSON interface share: opening the index, and finding and changing what it holds.

Functions here take part in a request, but they know neither templates nor JSON replies. They return only the reports
that the person who asks may see.
"""
