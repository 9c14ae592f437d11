"""Applies the rules in a web page's own style sheets that hide words or strike them out.

We read simple selectors only: an element, a class, an id, ``[hidden]`` and these together. A page may show hidden words
when its reader opens a part of it. So we do not apply rules to a part that a button, a link, a script or another rule
of the page may open. Nor do we apply rules that would hide most of the page. Words that are struck out stay so,
whatever the page opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.html.hiding import STRIKE, declared, hides, may_hide, own_styles, strikes, with_styles
from corpus.html.sizes import NONE, sizes_of
from corpus.html.tree import Element, classes

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_STRING = re.compile(r"\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?", re.DOTALL)
"""A string. As in a browser, it also ends at the end of its line or of the sheet, so we read each character once."""
_UP_TO_BRACE = re.compile(r"([^{}]*)([{}])")
_LAYER = re.compile(r"@layer\b", re.IGNORECASE)
_MEDIA = re.compile(r"@media\b", re.IGNORECASE)
_ON_SCREENS = re.compile(r"(?:only )?(?:all|screen)|not (?!all\b|screen\b)[\w-]+")
"""The media that are true of every screen."""
_ON_NO_SCREEN = re.compile(r"not (?:all|screen)|(?:only )?(?!(?:all|screen|not|only)\b)[a-z][\w-]*\b.*")
"""The media that are true of no screen, such as print."""
_ENDS = "}" * 3
"""Characters that close the rules that a sheet leaves open, as browsers do."""
_NAME = r"-?[^\W\d][\w-]*"
_SIMPLE = re.compile(rf"(?P<tag>[a-z][a-z0-9]*)?(?P<rest>(?:[.#]{_NAME}|\[hidden\])*)", re.IGNORECASE)
_PART = re.compile(rf"[.#]{_NAME}")
_COMBINATOR = re.compile(r"[\s>+~]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ESCAPED = re.compile(r"\\([^\da-f\s])", re.IGNORECASE)
_SIGN = re.compile(r"[^\w-]")
_NAMED_IN_SCRIPT = re.compile(rf"[\"'][.#]?({_NAME})[\"']")
_OPENERS = ("aria-controls", "data-target", "data-bs-target", "href")
_MOST_OF_PAGE = 0.5
"""We do not hide an element with a larger share of the page's characters than this, because a script will show it."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector, and one property that it sets."""

    names: frozenset[str]
    """What an element must have: its name, classes such as ".off", ids such as "#off", and "[hidden]"."""
    property: str
    value: str
    rank: tuple[bool, int, int, int, int]
    """The order of precedence. The highest rank wins."""


@dataclass(slots=True)
class _Sheets:
    """The rules of a page's style sheets, each under one of the names in its selector."""

    rules: dict[str, dict[tuple[frozenset[str], str, bool], _Rule]] = field(default_factory=dict)
    """The last rule for each property, by what an element must have and whether the rule is "!important"."""
    keys: dict[frozenset[str], str] = field(default_factory=dict)
    """The name under which we keep the rules of a selector, keyed by the names in the selector."""
    opened: set[str] = field(default_factory=set)
    """The classes and ids whose elements may be shown under conditions that we do not check."""

    def add(self, selector: str, properties: Mapping[tuple[str, bool], str], order: int, *, always: bool) -> None:
        """Add the rules for a selector. ``always`` is False if they apply only under a condition."""
        selector = _ESCAPED.sub("_", selector.strip())
        simple = _SIMPLE.fullmatch(selector)
        names = frozenset(_parts(simple)) if simple and always else frozenset()
        ids = sum(one.startswith("#") for one in names)
        others = sum(one.startswith((".", "[")) for one in names)
        for (name, important), value in properties.items():
            if names:
                rank = (important, ids, others, len(names), order)
                self._rules_for(names)[names, name, important] = _Rule(names, name, value, rank)
            elif name != STRIKE and not may_hide(name, value):
                last = _COMBINATOR.split(_IN_BRACKETS.sub("", selector))[-1]
                self.opened.update(_PART.findall(last.lower()))

    def all_rules(self) -> Iterator[_Rule]:
        """Yield the rules in no particular order."""
        for rules in self.rules.values():
            yield from rules.values()

    def _rules_for(self, names: frozenset[str]) -> dict[tuple[frozenset[str], str, bool], _Rule]:
        """Return the rarest of a rule's names.

        We keep the rule under it, so that we check few rules for each element.
        """
        same = self.keys.get(names)
        if same is None:
            same = self.keys[names] = min(sorted(names), key=lambda name: len(self.rules.get(name, ())))
        return self.rules.setdefault(same, {})


def apply_sheets(root: Element) -> None:
    """Add to the elements of a page the styles with which its own style sheets hide them or strike them out."""
    sheets = _Sheets()
    order = 0
    for sheet in root.iter("style"):
        on_all, on_none = _screens(sheet.get("media") or "")
        if (sheet.get("type") or "text/css").lower() == "text/css" and not on_none and _is_read(sheet):
            for selectors, body, always in _rules(sheet.text or "", always=on_all):
                order += 1
                properties = declared(body)
                for selector in selectors.split(",") if properties else ():
                    sheets.add(selector, properties, order, always=always)
    if any(map(_matters, sheets.all_rules())):
        _apply(root, sheets)


def _matters(rule: _Rule) -> bool:
    """Return whether a rule hides words or strikes them out, or may override a style that does."""
    return rule.rank[0] or may_hide(rule.property, rule.value) or strikes({rule.property: rule.value})


def _apply(root: Element, sheets: _Sheets) -> None:
    """Write the styles of some sheets into the elements of a page."""
    opened = sheets.opened | _opened(root)
    sizes = sizes_of(root, frozenset(root.iter("head", "script", "style")))
    most = _MOST_OF_PAGE * sizes[root].characters
    used = frozenset[str]().union(*sheets.keys)
    winners: dict[frozenset[str], dict[str, _Rule]] = {}
    for element in root.iter(etree.Element):
        names = _names(element)
        matched = names & used
        if matched not in winners:
            winners[matched] = _winners(matched, sheets)
        styles = _styles(element, winners[matched])
        may_show = sizes.get(element, NONE).characters > most or not opened.isdisjoint(names)
        own = element.get("style") or ""
        if styles and may_show and hides(own_styles(own) | styles):
            styles = {name: value for name, value in styles.items() if name == STRIKE}
        if styles:
            element.set("style", with_styles(own, styles))


def _is_read(sheet: Element) -> bool:
    return next(sheet.iterancestors("noscript"), None) is None


def _screens(media: str) -> tuple[bool, bool]:
    """Return whether a list of media applies to every screen, and whether it applies to no screen."""
    queries = [" ".join(query.split()) for query in (media.strip() or "all").lower().split(",")]
    on_all = any(_ON_SCREENS.fullmatch(query) for query in queries)
    return on_all, not on_all and all(_ON_NO_SCREEN.fullmatch(query) for query in queries)


def _condition(words: str) -> tuple[bool, bool]:
    """Return whether a group of rules, such as "@media print", always applies, and whether it never does."""
    media = _MEDIA.match(words)
    return _screens(words[media.end() :]) if media else (bool(_LAYER.match(words)), False)


def _rules(source: str, *, always: bool) -> Iterator[tuple[str, str, bool]]:
    """Yield the selectors and the declarations of each rule, and whether it always applies. Other rules are left out.

    A rule within another rule counts as one that applies under a condition. ``always`` is False if the sheet has one.
    """
    outer = (always, False)
    plain = _STRING.sub("''", _COMMENT.sub(" ", source))
    around: list[tuple[str, bool, bool]] = []
    """For each open brace: the words before it, whether its rules always apply, and whether they never do."""
    for found in _UP_TO_BRACE.finditer(f"{plain}{_ENDS}"):
        always, never = around[-1][1:] if around else outer
        if found[2] == "{":
            words = " ".join(found[1].rpartition(";")[2].split())
            if words.startswith("@"):
                on_all, on_none = _condition(words)
                around.append(("", always and on_all, never or on_none))
            else:
                around.append((words, always and not (around and around[-1][0]), never))
        elif around:
            words, always, never = around.pop()
            if words and not never:
                yield words, found[1], always


def _parts(selector: re.Match[str]) -> Iterator[str]:
    if selector["tag"]:
        yield selector["tag"].lower()
    yield from _PART.findall(selector["rest"].lower())
    if "[hidden]" in selector["rest"].lower():
        yield "[hidden]"


def _names(element: Element) -> frozenset[str]:
    own = [str(element.tag), *(f".{_SIGN.sub('_', name)}" for name in classes(element))]
    own += [f"#{element.get('id', '').lower()}"] if element.get("id") else []
    return frozenset([*own, "[hidden]"] if element.get("hidden") is not None else own)


def _winners(names: frozenset[str], sheets: _Sheets) -> dict[str, _Rule]:
    """Return the rule that wins for each property of an element with some names."""
    best: dict[str, _Rule] = {}
    for name in names:
        for rule in sheets.rules.get(name, {}).values():
            if rule.names <= names and (rule.property not in best or best[rule.property].rank < rule.rank):
                best[rule.property] = rule
    return best


def _styles(element: Element, best: Mapping[str, _Rule]) -> dict[str, str]:
    """Return the properties whose rules override an element's own style, with their values."""
    own = declared(element.get("style") or "") if best else {}
    return {
        name: rule.value
        for name, rule in best.items()
        if (name, True) not in own and (rule.rank[0] or (name, False) not in own)
    }


def _opened(root: Element) -> set[str]:
    """Return the ids that buttons and links of a page may open, and the names that its scripts contain."""
    opened: set[str] = set()
    for element in root.iter(etree.Element):
        for name in _OPENERS:
            value = (element.get(name) or "").lower()
            if name == "aria-controls" or value.startswith("#"):
                opened.update(f"#{one.removeprefix('#')}" for one in value.split())
        if element.tag == "script":
            for one in _NAMED_IN_SCRIPT.findall((element.text or "").lower()):
                opened.update((f".{one}", f"#{one}"))
    return opened
