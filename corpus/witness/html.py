"""Reads web pages a second time, with inscriptis. Only this module imports inscriptis.

First we do what a browser does but inscriptis does not. We leave out what the page hides. We print the numbers of
lists, quotation marks, and the foot of a table after its rows. The reader uses some of the same rules, which ADR 0038
lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from inscriptis import Inscriptis
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from lxml import etree, html

from corpus.figures import is_figure
from corpus.html.fields import print_fields
from corpus.html.hiding import is_off_page, own_styles, with_styles
from corpus.html.list_numbers import printed
from corpus.html.shown import marks_of_page, starts_quoted
from corpus.html.style_sheets import apply_sheets
from corpus.html.table_columns import columns_of
from corpus.html.tree import BLOCKS
from corpus.note_marks import KEPT, LONGEST, is_note_mark
from corpus.witness.second_reading import Witness

_LEFT_OUT = "//*[@hidden] | //del | //s | //strike | //template | //noscript"
"""Elements that a browser does not show, or shows as struck out."""
_NOT_SHOWN = re.compile(
    r"(?:^|;)\s*(?:clip-path\s*:\s*inset\((?:50|100)%|display\s*:\s*none|text-decoration(?:-line)?\s*:[^;]*line-through)",
    re.IGNORECASE,
)
_VISIBLE = {"visible": True, "hidden": False, "collapse": False}
_WHOLE = ("html", "body")
_STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:\s*(?:(?P<bullets>none|disc|circle|square)|"
    r"(?P<numbers>decimal|(?:lower|upper)-(?:alpha|latin|roman)))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(-?[0-9]{1,9})\s*$")
_BLOCKS = ("caption", "dd", "details", "dt", "fieldset", "legend", "summary")
"""Elements that a browser puts on lines of their own, and that inscriptis does not know."""
_SETTINGS = ParserConfig(
    css={
        **STRICT_CSS_PROFILE,
        **{name: HtmlElement(display=Display.block) for name in _BLOCKS},
        "q": HtmlElement(),  # we print its quotation marks
    }
)


def open_html(path: Path) -> Witness:
    """Open a web page. Raises any error of lxml or inscriptis."""
    data = path.read_bytes()
    tree = html.document_fromstring(data, parser=html.HTMLParser(encoding=_encoding(data), remove_comments=True))
    apply_sheets(tree)
    print_fields(tree)
    _keep_what_applies(tree)
    _drop(tree.xpath(_LEFT_OUT))
    _drop(element for element in tree.xpath("//*[@style]") if _is_styled_away(element.get("style")))
    _drop_invisible(tree)
    _drop_note_marks(tree)
    _print_quotation_marks(tree)
    _print_marks_of_items(tree)
    _print_boxes(tree)
    _print_figures_from_above(tree)
    for foot in tree.xpath("//table/tfoot[1]"):
        foot.getparent().append(foot)
    text = Inscriptis(tree, _SETTINGS).get_text()
    return Witness(lambda _number: text)


def _print_figures_from_above(tree: html.HtmlElement) -> None:
    """Print each figure of a cell that goes over several rows in all of these rows, as a browser shows it."""
    for table in tree.xpath("//table[.//td[@rowspan]]"):
        for row, across in columns_of(table).items():
            for place, cell in enumerate(across):
                if cell is None or cell.getparent() is row or cell in across[:place]:
                    continue
                if is_figure(" ".join(cell.text_content().split())):
                    after = next((own for own in across[place:] if own is not None and own.getparent() is row), None)
                    copied = _cell(cell.text_content())
                    row.insert(len(row) if after is None else row.index(after), copied)


def _cell(text: str) -> html.HtmlElement:
    cell = html.Element("td")
    cell.text = text
    return cell


def _keep_what_applies(tree: html.HtmlElement) -> None:
    """Leave only one value for each property in the styles of elements, because inscriptis also reads the others."""
    for element in tree.xpath("//*[@style]"):
        style = element.get("style")
        element.set("style", with_styles(style, own_styles(style)))


def _drop(elements: Iterable[html.HtmlElement]) -> None:
    for element in list(elements):
        if element.getparent() is not None and element.tag not in _WHOLE:
            element.drop_tree()


def _is_styled_away(style: str) -> bool:
    return _NOT_SHOWN.search(style) is not None or is_off_page(own_styles(style))


def _drop_invisible(tree: html.HtmlElement) -> None:
    """Remove the words that a page makes invisible, and keep those within them that it makes visible again."""
    if not any("visibility" in own_styles(style) for style in tree.xpath("//@style")):
        return
    shown: dict[html.HtmlElement | None, bool] = {None: True}
    for element in tree.iter():
        around = shown[element.getparent()]
        styles = {} if element.tag in _WHOLE else own_styles(element.get("style") or "")
        shown[element] = _VISIBLE.get(styles.get("visibility", ""), around)
        if not shown[element]:
            element.text = None
        if not around:
            element.tail = None


def _drop_note_marks(tree: html.HtmlElement) -> None:
    marks = []
    before = ""
    after_mark = False
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if element.tag in BLOCKS or element.tag == "br":
            before, after_mark = "", False
        if event == "start" and _is_note_mark(element, before):
            marks.append(element)
            walker.skip_subtree()
            after_mark = True
        elif words := element.text if event == "start" else element.tail:
            if after_mark and words[0].isalnum():
                setattr(element, "text" if event == "start" else "tail", f" {words}")
            after_mark = False
            before = f"{before}{words}"[-KEPT:]
    for mark in marks:
        mark.drop_tree()


def _is_note_mark(element: html.HtmlElement, before: str) -> bool:
    refers = element.get("role") == "doc-noteref"
    if element.tag != "sup" and not (element.tag == "a" and refers):
        return False
    links = element.xpath("descendant::a | ancestor::a")
    linked = refers or any(a.get("role") == "doc-noteref" or a.get("href", "").startswith("#") for a in links)
    sign = element.text_content()
    return len(sign) <= LONGEST and is_note_mark(before, sign, linked=linked)


def _print_quotation_marks(tree: html.HtmlElement) -> None:
    outer = marks_of_page(tree.text_content())
    inner = ("“", "”") if outer[0] == "‘" else ("‘", "’")
    for quotation in tree.iter("q"):
        words = quotation.text_content()
        if words.strip() and not starts_quoted(words):
            opening, closing = inner if len(quotation.xpath("ancestor::q")) % 2 else outer
            quotation.insert(0, _word(opening, quotation.text))
            quotation.text = None
            quotation.append(_word(closing))


def _print_boxes(tree: html.HtmlElement) -> None:
    """Print the boxes to tick that have something next to them."""
    for box in tree.xpath("//input[@type]"):
        if box.get("type").lower() in ("checkbox", "radio") and box.xpath(
            "(../text()[normalize-space()] | ../*[2])[1]"
        ):
            box.getparent().replace(box, _word(" ☑ " if "checked" in box.attrib else " ☐ ", box.tail))


def _word(text: str, tail: str | None = None) -> html.HtmlElement:
    word = html.Element("span")
    word.text, word.tail = text, tail
    return word


def _print_marks_of_items(tree: html.HtmlElement) -> None:
    """Print the numbers of lists as a browser does. We print one kind of bullet, because bullets do not matter."""
    for parent in {item.getparent(): None for item in tree.iter("li")}:
        items = parent.findall("li")
        style = _style(parent)
        step = -1 if parent.get("reversed") is not None else 1
        following = _given(parent.get("start"), len(items) if step < 0 else 1)
        for item in items:
            number = _given(item.get("value"), following)
            following = number + step
            item.text = f"{f'{printed(number, style)}.' if style else '•'} {item.text or ''}"
    for element in tree.iter("ol", "ul", "li"):
        element.tag = "div"  # inscriptis gives the items of lists marks of its own


def _style(parent: html.HtmlElement) -> str:
    """Return how a list numbers its items, or nothing if it does not."""
    styled = _LIST_STYLE.search(parent.get("style") or "")
    if styled and styled["numbers"]:
        return styled["numbers"].lower().replace("latin", "alpha")
    numbered = parent.tag == "ol" and not (styled and styled["bullets"])
    return _STYLES.get(parent.get("type") or "1", "decimal") if numbered else ""


def _given(written: str | None, otherwise: int) -> int:
    number = _NUMBER.match(written or "")
    return int(number[1]) if number else otherwise


def _encoding(data: bytes) -> str | None:
    """Return the encoding of a page, or None if the page declares it itself."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode()
    except UnicodeDecodeError:
        return None if b"charset" in data[:2048].lower() else "windows-1252"
    return "utf-8"
