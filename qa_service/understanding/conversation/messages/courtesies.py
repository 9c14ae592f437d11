"""Removes greetings, thanks and other words that ask for nothing: "Hi all", "ta", "asap", "if that makes sense".

The remaining words are the message's own words in their order, so every other module receives an ordinary question.
"""

from __future__ import annotations

import re

_PEOPLE = r"(?:there|all|team|everyone|both|folks|colleagues?|again|guys|sir|madam|(?-i:[A-Z][a-z]+))"
_GREETING = re.compile(
    rf"^\W*(?:hi+|hiya|hello|hey|dear|greetings|(?:good )?(?:morning|afternoon|evening)|"
    rf"good day)\b(?: {_PEOPLE}){{0,2}}"
    r"(?:\s*[,.!:;–—-]+\s*|\s+(?=(?:i|we|can|could|would|please|what|which|who|how|when|where|do|does|did|is|are|was|"
    r"were|has|have|any|just|quick|sorry)\b))",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:(?:(?:just |only )?(?:a )?(?:really |very )?quick (?:one|question|query)|(?:a |my |one )?question|query|"
    r"help(?: please)?|sorry to (?:bother|trouble|ask)(?: you)?(?: again)?|apologies|random(?: one| question)?|"
    r"hope (?:you(?:['’]re| are)|this finds you|all(?: is|['’]s)) (?:all )?(?:well|good|ok(?:ay)?)|(?:me|"
    r"i['’]m back) again|(?:this (?:is|may be|might be) )?(?:a )?(?:bit of a )?long shot|fyi|btw|ok(?:ay)?|right|"
    r"so|(?:many )?thanks in advance)(?: (?:please|but|then|about this|for you))?\s*(?:[,:;!–—]|[.]|-(?= ))+\s*|"
    r"(?:(?:i(?:['’]m|"
    r" am) )?not (?:quite )?sure|i don['’]?t know) (?:if|whether) you (?:can|could|will|have|"
    r"know)[^.?!,;]{0,25}?,? but\s+|"
    r"(?:please )?(?:can|could|would) you (?:please )?do me a favour and\s+|if (?:at all )?possible,\s+)",
    re.IGNORECASE,
)
_FORMAT = re.compile(
    r"^\W*(?:(?:just|only|please|pls|ideally|preferably|maybe|perhaps|as|in|with|a|an|some|the|can (?:you|i) (?:have|"
    r"do)|could (?:you|i) (?:have|do)) )*(?:(?:short|brief|quick|simple|concise|one|two|three|few|direct|"
    r"plain) )*(?:happy with an? |fine with an? |)(?:bullets?(?: points?)?|list|answers?|sentences?|paragraphs?|"
    r"lines?|summary|table|yes or no|page (?:numbers?|refs?|references?)|(?:direct )?quotes?|references?|citations?|"
    r"plain english|key points|headlines?)(?: (?:only|please|pls|is|are|would be|will do|fine|ok|okay|great|best|too|"
    r"if possible|with|page numbers?|"
    r"thanks|and|or|so))*\W*$",
    re.IGNORECASE,
)
"""A sentence that only describes the form of the answer: "Bullet points please"."""
_NAME = r"(?-i:(?:[A-Z][a-z]+|[A-Z])(?: [A-Z][a-z'’-]+)?)"
_THANKS = (
    r"(?:(?:many |with |lots of |huge )?thanks?(?: you)?(?: (?:so|very) much| a (?:lot|million|bunch)| again| all|"
    r" both)?(?: (?:so much )?in advance)?(?: for (?:your|any|the|all your) (?:help|time|assistance|support))?|"
    r"(?-i:[Tt]a)(?: (?:very much|muchly|love))?|thx|tnx|tks|cheers(?: all)?|(?:all the best|(?:(?:with )?(?:kind|"
    r"best|warm|kindest|warmest) )?(?:regards|wishes))|(?:(?:any|your|all) (?:help|pointers?|advice|links?) )?(?:is |"
    r"would be |(?:is |very |much |really |greatly )*)?appreciated|(?:links?|page (?:numbers?|refs?)|references?|"
    r"sources?|citations?)(?: (?:to (?:them|it|the reports?)))? (?:would be |is |are )?(?:appreciated|helpful|useful|"
    r"great|please)|lol|haha|x{1,3}|:-?\)|;-?\))"
)
"""Words that thank, or that close a message."""
_HURRY = (
    r"(?:asap|a\.s\.a\.p|as soon as you (?:can|get a chance)|(?:(?<=[,.;:!?–—(-] )|"
    r"(?<=[,.;:!?–—(-]))urgent(?:ly)?|pronto|no (?:rush|"
    r"hurry|pressure)|when(?:ever)? you (?:get|have|['’]ve got) (?:an? )?(?:chance|moment|minute|min|sec(?:ond)?)|"
    r"(?:needed |due |(?:i |we )?need (?:it|this) )?by (?:noon|midday|lunch(?:time)?|close(?: of play)?|cop|eod|"
    r"end of (?:the )?(?:day|play)|tonight|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm))|(?:deadline|due)(?: is)? (?:today|"
    r"tomorrow|tonight|noon|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)|today if (?:possible|you can))"
)
_HEDGE = (
    r"(?:(?:i )?hope (?:that|this) makes sense|if that makes (?:any )?sense|does that make sense|"
    r"if (?:at all )?poss(?:ible)?|if you (?:can|could|know|happen to know|don['’]?t mind|wouldn['’]?t mind|get (?:a|"
    r"the) (?:chance|time)|have (?:it|one|any|time|a (?:chance|minute|moment|sec)))|(?:if it(?:['’]s|"
    r" is) )?not too much (?:trouble|bother)|roughly(?: speaking)?|off the top of your head|as far as (?:you|we|"
    r"i) (?:know|can tell)|or (?:something|similar|whatever|so)(?: like that| along those lines)?|(?:i|we) (?:think|"
    r"believe|guess|reckon|assume|suppose)|(?:do|would) you (?:reckon|think|say|know)|i(?:['’]m|"
    r" am) (?:not )?(?:quite |entirely |pretty |fairly )?sure|tbh|to be honest|btw|by the way|imo|imho|"
    r"(?:(?:i|we) )?(?:want|would like|hope|hoping|need) to (?:phone|ring|call|visit|contact|email|talk to|speak to|"
    r"learn from) (?:someone|somebody|them|people|one of them|a few|some of them)|"
    r"just (?:curious|wondering|checking|asking)|out of (?:interest|curiosity)|you know|or am i (?:wrong|mistaken)|"
    r"please advise|if (?:so|any)|please bear with me|bear with me|(?:please )?(?:go easy on|be (?:kind|gentle|"
    r"nice) (?:to|with)) me|(?:sorry|apologies|excuse me)(?: for (?:the|my|all the) [\w’' -]{2,30})?|atm|at the mo|"
    r"rn)"
)
_WORK = (
    r"(?:paper|report|briefing|presentation|slides?|slide ?deck|deck|essay|dissertation|thesis|assignment|coursework|"
    r"sef|self[- ]evaluation|self[- ]assessment|article|blog|meeting|board|committee|scrutiny|cabinet|panel|training|"
    r"induction|workshop|bid|newsletter|research|project|study|speech|notes?|pack|session|supervision|appraisal|"
    r"interview|boss|manager|director|dcs|chair|lead member|members|team|head of service|colleagues?|spreadsheet|log)"
)
_WHOSE = r"(?:my|our|tomorrow['’]?s|today['’]?s|tonight['’]?s|next week['’]?s|this week['’]?s|\w+day['’]s)"
_PURPOSE = (
    r"(?:(?:it['’]?s |this is |needed |wanted |asking )?(?:for (?:an? |the )?"
    rf"{_WHOSE}|(?:(?<=[,;:–—-] )|(?<=[,;:–—-]))for (?:an?|the)) (?:[\w'’-]+ ){{0,3}}?{_WORK}(?: {_WORK})?|"
    r"for (?:an?|the) (?:(?:board|committee|cabinet|briefing|scrutiny|member) )?(?:paper|briefing|presentation|"
    r"slides?)|"
    r"asking for a friend)"
)
_FOR_WHAT = re.compile(
    r"^\W*(?:(?:just |only )?(?:a )?(?:really |very )?(?:quick (?:one|question|query)|one|question|query) )?"
    rf"for (?:an? |the |some )?(?:{_WHOSE} )?(?:[\w'’-]+ ){{0,2}}?{_WORK}(?: {_WORK})?"
    r"(?: (?:on|next|this|later|tomorrow|today|tonight)(?: \w+)?)?\s*(?:[:,–—]|-(?= ))+\s*(?=\w)",
    re.IGNORECASE,
)
"""Words at the start of a sentence that say what the answer is for: "For scrutiny on Thursday:"."""
_TAIL = re.compile(
    rf"(?:^|(?<=[\s,.;:!?(–—-]))(?=\S)(?:(?:please|pls|plz|and|so|but|oh)[,.!]?\s++)*"
    rf"(?:(?:{_THANKS})(?:[\s,.!–—-]++{_NAME})?|{_HURRY}|{_HEDGE}|{_PURPOSE}|pls|plz)(?:[\s,.!]++(?:please|pls|plz))*"
    r"[\s.,;!?)–—-]*+$",
    re.IGNORECASE,
)
"""Words at the end of a sentence that express thanks, urgency or doubt, or say what the answer is for."""
_HERE = re.compile(
    r"(?<=\w) (?:(?:in|on) here|(?:in|on|from) (?:this|your|the) (?:tool|system|service|site|website|app|database|"
    r"library|collection|chatbot|bot)|that you (?:have|hold)|(?:that )?you(?:['’]ve| have) got)(?=\W*$|[,;?.!]|"
    r" (?:are|is|were|was|"
    r"have|has|had|got|say|says|said|which|who|that|about|on|for|from)\b)",
    re.IGNORECASE,
)
"""Words that only name this service as the place to look: "which ones in here are …"."""
_ESPECIALLY = re.compile(r"\besp\b\.?(?=[\s,])", re.IGNORECASE)
_ONE = re.compile(
    r"[\s,;(–—-]+(?:especially|particularly|in particular|specifically|ideally|preferably|mainly|mostly)[,:]? (?:in |"
    r"from )?(?P<one>the (?:[\w'’-]+ ){1,4}?)(?P<noun>ones?|reports?|inspections?|visits?|letters?)"
    r"\)?(?=\s*(?:[.?!,;]|$))",
    re.IGNORECASE,
)
"""Words at the end of a sentence that say which report matters most: "especially the 2023 one"."""
_NEWEST = re.compile(r"the (?:very )?(?:latest|last|newest|most recent|recent)(?: few)?", re.IGNORECASE)
_SUCH = re.compile(
    r",?\s+(?:especially|particularly|in particular|specifically|mainly)[,:]? (?P<what>(?:for|on|about|in|around|"
    r"with|at|regarding)\b)",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"^\W*(?:(?:board|committee|cabinet|scrutiny|member|briefing|exec|council) )?"
    r"(?:paper|report|briefing|meeting|deadline|slides?)\W*$",
    re.IGNORECASE,
)
"""A sentence that only says what the answer is for, such as the rest of "Board paper due today"."""
_LIST_THEM = re.compile(
    r"^\W*(?:(?:and|also|please|pls|(?:can|could|would) you|if so|then|just)[\s,]+)*(?:list|name|show me|give me|"
    r"tell me|say) (?:all (?:of )?)?(?:them|these|which ones?(?: they are)?|which they are|the names?)(?: all| too|"
    r" as well|"
    r" also| out| for me| please)*\W*$",
    re.IGNORECASE,
)
"""A request for the list, which every count includes anyway: "Can you also list them?"."""
_AND_WHO = re.compile(
    r"(?P<count>\b(?:how many|number of)\b.*?),?\s+(?:and|-|–) (?:who (?:are (?:they|these)|they are)|"
    r"which (?:ones|councils|authorities|are they|they are)(?: are they| they are)?|(?:list|name) them|"
    r"their names)\W*$",
    re.IGNORECASE,
)
"""A request for a count and for its list, which every count includes anyway: "How many are good, and who are they?"."""
_AND_WHEN = re.compile(
    r"(?P<list>\b(?:which|what|who|list|how many)\b.*?)\??,?\s+and when(?: (?:did|was|were|has|have) (?:it|this|"
    r"that|they|each(?: of them)?|the change)(?: (?:happen(?:ed)?|change[d]?|move[d]?|occur(?:red)?|take place|"
    r"go (?:up|down)|improve|been|get (?:it|there)))?)?\W*$",
    re.IGNORECASE | re.DOTALL,
)
"""A request for a list and its dates, which every row includes anyway: "Who went up, and when did it happen?"."""
_WORD = re.compile(r"\w")
_MOST_TAILS = 6


def without_courtesies(sentence: str) -> str:
    """Return a sentence of a message without its courtesies, or "" if it consists of nothing else."""
    text = _HERE.sub("", _without_opening(_ESPECIALLY.sub("especially", sentence)))
    for _ in range(_MOST_TAILS):
        match = _TAIL.search(text)
        if match is None:
            break
        mark = "?" if "?" in match.group() else ""
        text = text[: match.start()].rstrip(" ,;:–—-(") + mark
    text = _AND_WHEN.sub(r"\g<list>?", _AND_WHO.sub(r"\g<count>?", text))
    text = _SUCH.sub(r" \g<what>", _ONE.sub(_in_report, text))
    return text.strip() if _WORD.search(text) else ""


def adds_nothing(sentence: str) -> bool:
    """Whether a sentence after a question adds nothing to it.

    Such a sentence asks for a form of answer or for names that a count includes, or says what the answer is for.
    """
    return any(expression.match(sentence) for expression in (_LIST_THEM, _FORMAT, _PAPER))


def _without_opening(text: str) -> str:
    """Return a text without the greeting and the other words that open it."""
    for expression in (_GREETING, _FOR_WHAT, _OPENING, _OPENING):
        match = expression.match(text)
        text = text[match.end() :] if match else text
    return text


def _in_report(match: re.Match[str]) -> str:
    """Return the words for the report that matters most.

    If it is the latest report, the words only ask for an order.
    """
    if _NEWEST.fullmatch(match["one"].strip()):
        return ", newest first"
    noun = {"one": "report", "ones": "reports"}.get(match["noun"].lower(), match["noun"])
    return f" in {match['one']}{noun}"
