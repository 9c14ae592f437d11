"""Finds the text on a PDF page that nobody sees, such as words under a box or in a layer that is switched off."""
