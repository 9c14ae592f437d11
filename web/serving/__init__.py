"""Code that the pages and the JSON interface share: opening the index, and finding and changing its contents.

Functions here run as part of a request, but they do not render pages or send replies. They show people only the reports
that they may see.
"""
