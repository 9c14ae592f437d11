"""Texts that several samples share. They say who made the samples, and that nothing in the samples is real."""

from __future__ import annotations

NOTICE = (
    "This is a sample report about an invented authority. It was written to demonstrate the software "
    "and does not describe any real place or person."
)

LICENCE = (
    (
        "Reports of this kind are published by Ofsted, the national inspectorate for education, children’s services "
        "and skills in England. Ofsted did not write this one, has not seen it and is not answerable for it."
    ),
    (
        "The text is part of the software’s own source and may be copied, changed and passed on under the software’s "
        "licence. It uses the layout and the customary headings of public inspection reports, which are themselves "
        "available for reuse under the Open Government Licence."
    ),
    "A copy in large print can be made from the text kept beside the generator that built this file.",
)
