"""Other systems that index and find passages, with one file for each. ``make peers`` installs them.

They run in a separate environment and import nothing from the product. The product and its tests import nothing from
this package.
"""
