"""Other systems that index and find passages, each in one file. ``make peers`` installs them.

They run in a separate environment and import nothing from the product. The product and its tests import nothing from
here.
"""
