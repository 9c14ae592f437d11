"""Recognises greetings, thanks and requests for help, which do not ask about the reports."""

from __future__ import annotations

import re

_GREETING = (
    r"(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening)|thanks?(?: you)?|many thanks|cheers|ok(?:ay)?|bye)"
)
_THERE = r"(?:[ ,]+(?:there|all|team|everyone|again|very much|so much|a lot|then))*"
_HELP = (
    r"(?:help(?: me)?(?: please)?|(?:please )?(?:can|could) you (?:please )?help(?: me)?|"
    r"what (?:can|could|should|may|do) (?:i|you|we|this)(?: service| tool)? (?:ask|do|know|answer|say|cover)"
    r"(?: (?:you|here|about|it|this))*|"
    r"what (?:are you|is this|is this (?:service|tool|site)|questions can i ask)(?: for)?|who are you|"
    r"what can you (?:tell|help)(?: me)?(?: with| about)?|"
    r"how (?:do i|does (?:this|it)|do you)(?: service| tool)? (?:use (?:this|it|you)(?: service| tool)?|work)|"
    r"how to use (?:this|it)|instructions|test|testing)"
)
_GREETS = re.compile(rf"\W*{_GREETING}{_THERE}(?:[ ,.!]+{_GREETING}{_THERE})?\W*", re.IGNORECASE)
_ASKS = re.compile(
    rf"\W*(?:{_GREETING}{_THERE}[ ,.!]+)?{_HELP}(?: please)?(?:[ ,.!]+{_GREETING}{_THERE})?\W*", re.IGNORECASE
)


def asks_for_help(text: str, *, follows: bool = False) -> bool:
    """Whether a message only greets us, thanks us, or asks what the service can do.

    ``follows`` says whether the message comes after a question. If so, "How does it work?" is about the subject of that
    question.
    """
    return bool(_GREETS.fullmatch(text) or (not follows and _ASKS.fullmatch(text)))
