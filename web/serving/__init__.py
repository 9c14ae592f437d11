"""What the pages and the JSON interface share: opening the index, and finding and changing what it holds.

Functions here run as part of a request, but they render no pages and send no replies. They show a person only the
reports that the person may see.
"""
