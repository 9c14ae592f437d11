from __future__ import annotations

import time

import pytest

from corpus.html.blocks import read_blocks
from corpus.html.shown import as_shown
from corpus.html.style_sheets import apply_sheets
from corpus.html.tree import parse, unseen
from corpus.quotes.verbatim import folded
from corpus.types import SecondReading
from corpus.witness.second_reading import open_witness, second_readings

FIRST, LAST = "Children in Larkham are seen alone, and their views are heard.", "Plans are kept."
AROUND = f"<p>{FIRST}</p>"


def page(sheet: str, inner: str, head: str = "") -> str:
    return f"<html><head><style>{sheet}</style>{head}</head><body>{AROUND}{inner}<p>{LAST}</p></body></html>"


def shown(source: str) -> list[str]:
    """Return the blocks between the first and the last ones, which are always shown."""
    root = as_shown(parse(source))
    first, *inner, last = (draft.text for draft in read_blocks(root, unseen(root)))
    assert (first, last) == (FIRST, LAST)
    return inner


@pytest.mark.parametrize(
    ("sheet", "inner"),
    [
        (".off { display: none; }", "<div class='x off'><p>Old.</p></div>"),
        ("#old{display:none}", "<p id=old>Old.</p>"),
        ("del, aside , ins{color:red;DISPLAY : NONE}", "<aside>Old.</aside>"),
        ("p.off{visibility:hidden}", "<p class=off>Old.</p>"),
        (".a.b{display:none !important}", "<p class='b a'>Old.</p>"),
        ("/* p{ */ .off{display:none} /* } */", "<p class=off>Old.</p>"),
        (".off{display:none", "<p class=off>Old.</p>"),
        ("@media screen { .off{display:none} }", "<p class=off>Old.</p>"),
        ("@import 'x.css'; .off::before{content:'}'} .off{display:none}", "<p class=off>Old.</p>"),
        (".off{display:none} .off{color:red} p{display:block}", "<p class=off>Old.</p>"),
        (".read-out{position:absolute;left:-9999px}", "<p class=read-out>Old.</p>"),
        (".read-out{position:absolute;clip:rect(1px, 1px, 1px, 1px)}", "<p class=read-out>Old.</p>"),
        ("", "<p style='position:absolute; top:-1000em'>Old.</p><p style='clip-path: inset(50%)'>Old.</p>"),
        (".a{clip-path:inset(100%)}", "<p class=a>Old.</p>"),
        (".a{position:absolute} .b{left:-999px}", "<p class='a b'>Old.</p>"),
        (".a{position:fixed}", "<p class=a style='top:-999px'>Old.</p>"),
        (".b{left:-999px}", "<p class=b style='position:absolute'>Old.</p>"),
        (".gone{text-decoration: red line-through}", "<p class=gone>Old.</p>"),
        (".off{display:none} @media print{.off{display:block}}", "<p class=off>Old.</p>"),
        ("@layer base{.off{display:none}}", "<p class=off>Old.</p>"),
        ("<!-- .off{display:none} -->", "<p class=off>Old.</p>"),
        (".off{visibility:collapse}", "<p class=off>Old.</p>"),
        (".off{display:none} .off ~ p{display:block}", "<p class=off>Old.</p>"),
        (".off{display:none} p:not(.off){display:block}", "<p class=off>Old.</p>"),
        (".off{display:none !important}", "<p class=off style='display:block'>Old.</p>"),
        (".off{display:none!important} p.off{display:block}", "<p class=off>Old.</p>"),
        (".off{display:block} .off{display:none}", "<p class=off style='display:none !important'>Old.</p>"),
        ("@page{margin:0} @font-face{src:url(a)} .off{display:none}", "<p class=off>Old.</p>"),
    ],
)
def test_words_that_a_style_sheet_hides_or_strikes_out_are_no_text(sheet, inner):
    assert shown(page(sheet, inner)) == []


@pytest.mark.parametrize(
    ("sheet", "inner"),
    [
        ("@media print{.off{display:none}}", "<p class=off>New.</p>"),
        (".off{display:none}", "<p class=offer>New.</p>"),
        (".off{display:none}", "<p class=off style='display:block'>New.</p>"),
        (".off{display:none} p.off{display:block}", "<p class=off>New.</p>"),
        (".off{display:none} .off{display:block}", "<p class=off>New.</p>"),
        (".a .off{display:none}", "<p class=off>New.</p>"),
        ("p{left:-5px;margin-left:-9999px;clip:rect(0,99px,99px,0)}", "<p>New.</p>"),
        (".skip{left:-999px} .skip:focus{left:0}", "<p class=skip>New.</p>"),
        ("/* .off{display:none} */", "<p class=off>New.</p>"),
        (".a{left:-100px}", "<p class=a>New.</p>"),
        (".a{position:relative;top:-100px}", "<p class=a>New.</p>"),
        (".a{position:absolute;left:-999px} .a{position:static}", "<p class=a>New.</p>"),
        (".a{clip:rect(0,0,0,0)}", "<p class=a>New.</p>"),
        ("", "<p style='left:-100px;top:-100px;clip:rect(0 0 0 0)'>New.</p>"),
        (".a{position:absolute;left:-999px} @media (min-width:9px){.a{position:static}}", "<p class=a>New.</p>"),
        (".off{display:none} .off.open{display:block}", "<p class='off open'>New.</p>"),
        (".off{visibility:hidden} .on{visibility:visible}", "<div class=off><p class=on>New.</p></div>"),
        (".off{display:none !important}", "<p class=off style='display:block !important'>New.</p>"),
        (".off{display:block !important} p.off{display:none}", "<p class=off>New.</p>"),
        (".on{display:block !important}", "<p class=on style='color:red; display:none'>New.</p>"),
        (".on{visibility:visible !important}", "<p class=on style='visibility:hidden'>New.</p>"),
        (".on{text-decoration:none !important}", "<p class=on style='text-decoration-line:line-through'>New.</p>"),
        ("@keyframes p{from{visibility:hidden} 50.5%{display:none}}", "<p>New.</p>"),
        ("p[hidden]{display:none}", "<p>New.</p>"),
        (".a{.off{display:none}}", "<p class=off>New.</p>"),
        ("@supports (display:grid){.off{display:none}}", "<p class=off>New.</p>"),
    ],
)
def test_words_that_a_style_sheet_shows_are_text(sheet, inner):
    assert shown(page(sheet, inner)) == ["New."]


@pytest.mark.parametrize(
    ("sheet", "inner"),
    [
        (".panel{display:none} .open .panel{display:block}", "<div class=panel>New.</div>"),
        (".panel{display:none} input:checked ~ .panel{display:block}", "<div class=panel>New.</div>"),
        (".hidden{display:none} @media (min-width:768px){.md\\:block{display:block}}", "<p class='hidden md:block'>New.</p>"),
        (".panel{display:none}", "<a href='#more'></a><div class=panel id=more>New.</div>"),
        (".panel{display:none}", "<button aria-controls=more></button><div class=panel id=more>New.</div>"),
        (".panel{display:none}", "<button data-target='#more'></button><div class=panel id=more>New.</div>"),
        (".panel{display:none}", "<button data-bs-target='#more'></button><div class=panel id=more>New.</div>"),
        (".panel{display:none}", "<script>open.classList.remove('panel')</script><div class=panel>New.</div>"),
    ],
)  # fmt: skip
def test_words_that_the_page_may_open_are_text(sheet, inner):
    assert shown(page(sheet, inner)) == ["New."]


STRUCK = ".gone{text-decoration:line-through}"


@pytest.mark.parametrize(
    ("sheet", "inner"),
    [
        (STRUCK, "<script>find('.gone')</script><p class=gone>Old.</p>"),
        (f"{STRUCK} .gone:hover{{display:block;color:red}}", "<p class=gone>Old.</p>"),
        (STRUCK, "<a href='#old'></a><p class=gone id=old>Old.</p>"),
        (STRUCK, "<button aria-controls=old></button><p class=gone id=old>Old.</p>"),
        (STRUCK, f"<div class=gone>{AROUND * 9}</div>"),
        (".gone{display:none;text-decoration:line-through}", "<script>find('.gone')</script><p class=gone>Old.</p>"),
        (".gone{top:0}" * 40 + STRUCK, "<p class=gone>Old.</p>"),
        (
            "".join(f"p.gone.x{i}{STRUCK[5:]}" for i in range(90)),
            "<p class='gone x0'>Old.</p><p class='gone x89'>Old.</p>",
        ),
        (".gone{text-decoration:underline\nline-through}", "<p class=gone>Old.</p>"),
    ],
)
def test_words_that_are_struck_out_are_no_text_whatever_the_page_may_open(sheet, inner):
    assert shown(page(sheet, inner)) == []


def test_the_last_of_many_rules_for_a_class_applies():
    assert shown(page(".off{display:none}" * 50 + ".off{display:block}", "<p class=off>New.</p>")) == ["New."]


@pytest.mark.parametrize("style", ["left:-100px", "position:relative;top:-100px", "clip:rect(0,0,0,0)"])
def test_a_second_program_keeps_words_that_are_only_moved(style, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page("", f"<p style='{style}'>New.</p>"), encoding="utf-8")
    assert "New." in open_witness(path, "text/html").text(1)


def test_a_sheet_for_print_or_for_pages_without_scripts_is_not_applied():
    inner = "<style media=print>p{display:none}</style><noscript><style>p{display:none}</style></noscript><p>New.</p>"
    assert shown(page("", inner)) == ["New."]


@pytest.mark.parametrize(("kind", "read"), [("TEXT/CSS", []), ("", []), ("text/x-template", ["Words."])])
def test_only_a_sheet_in_css_is_applied(kind, read):
    sheet = f"<style type='{kind}'>.off{{display:none}}</style>"
    assert shown(page("", "<p class=off>Words.</p>", sheet)) == read


MEDIA = ["screen", "SCREEN", "all", "", "only  screen", "screen, print", "print,screen", "not print"]
OTHER_MEDIA = [
    "only screen and (max-width: 600px)", "(max-width:600px)", "not screen", "not all", "print", "only print and (color)",
    "print, not screen", "speech", "screen and (orientation: landscape), print", "not screen and (color)", "print,",
]  # fmt: skip


@pytest.mark.parametrize("media", MEDIA)
def test_a_sheet_for_all_screens_is_applied(media):
    assert shown(page("", "<p class=off>Old.</p>", f"<style media='{media}'>.off{{display:none}}</style>")) == []
    assert shown(page(f"@media {media} {{.off{{display:none}}}}", "<p class=off>Old.</p>")) == []


@pytest.mark.parametrize("media", OTHER_MEDIA)
def test_a_sheet_for_some_screens_or_none_is_not_applied(media):
    assert shown(page("", "<p class=off>New.</p>", f"<style media='{media}'>.off{{display:none}}</style>")) == ["New."]
    assert shown(page(f"@media {media} {{.off{{display:none}}}}", "<p class=off>New.</p>")) == ["New."]


def test_a_sheet_for_some_screens_may_open_what_another_hides():
    wide = "<style media='(min-width:600px)'>.off{display:block}</style>"
    assert shown(page(".off{display:none}", "<p class=off>New.</p>", wide)) == ["New."]
    assert shown(page(".off{display:none}", "<p class=off>Old.</p>", wide.replace("(min-width:600px)", "print"))) == []


@pytest.mark.parametrize("script", ["", f"<script>{'go();' * 99}</script>"])
def test_a_page_that_its_sheet_hides_until_it_is_loaded_is_read(script):
    sheet = "<style>#all{display:none} body{visibility:hidden}</style>"
    source = f"{sheet}<body>{script}<div id=all>{AROUND}<p>A.</p></div>"
    root = as_shown(parse(source))
    assert [draft.text for draft in read_blocks(root, unseen(root))][1:] == ["A."]


@pytest.mark.parametrize(
    ("style", "read"),
    [
        ("display:none; display:block", True),
        ("display:block; display:none", False),
        ("display:block !important; display:none", True),
        ("text-decoration:line-through; text-decoration:none", True),
        ("visibility:hidden; visibility:visible", True),
        ("visibility:visible; visibility:hidden", False),
        ("visibility:inherit", True),
    ],
)
def test_the_style_that_applies_decides_in_both_programs(style, read, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page("", f"<p>Leaders are <span style='{style}'>not </span>thanked.</p>"), encoding="utf-8")
    words = "Leadersarenotthanked." if read else "Leadersarethanked."
    assert folded(" ".join(shown(path.read_text(encoding="utf-8")))) == words
    assert words in folded(open_witness(path, "text/html").text(1))
    assert second_readings(path, "text/html", 1) == (SecondReading(same=True),)


def test_a_comment_does_not_change_what_a_second_program_leaves_out(tmp_path):
    path = tmp_path / "a.html"
    inner = f"<div class=off>{'Old words. ' * 9}</div><p><!-- a --> {FIRST}</p>"
    path.write_text(page(".off{display:none}", inner), encoding="utf-8")
    assert "Oldwords" not in folded(open_witness(path, "text/html").text(1))
    assert second_readings(path, "text/html", 1) == (SecondReading(same=True),)


def test_a_second_program_leaves_the_same_words_out(tmp_path):
    path = tmp_path / "a.html"
    inner = "<p>Leaders are <span class=off>not </span>thanked.</p><p class=gone>Old.</p>"
    path.write_text(page(".off{display:none} .gone{text-decoration:line-through}", inner), encoding="utf-8")
    assert "Leadersarethanked.Plansarekept." in folded(open_witness(path, "text/html").text(1))
    assert second_readings(path, "text/html", 1) == (SecondReading(same=True),)


@pytest.mark.parametrize(
    "make",
    [
        lambda n: page("".join(f".a.b{i}{{display:none}}" for i in range(n)), "<p class=a>x</p>" * n),
        lambda n: page(f"{','.join(['.a'] * n)}{{{'display:none;' * n}}}", "<p>x</p>"),
        lambda n: page("".join(f".a.b{i}{{text-decoration:line-through}}" for i in range(n)), "<p class=a>x</p>" * n),
        lambda n: page(STRUCK * n, "<p class=gone>x</p>" * n),
        lambda n: page("@media screen{" * n, "<p>x</p>"),
        lambda n: page('"\\' * n, "<p>x</p>"),
        lambda n: page("/*" * n + "\"'" * n + "((" * n, "<p>x</p>"),
        lambda n: page(".a{display:none}", "<div class=a>" * 150 + "<p class=a>x</p>" * n),
    ],
)
def test_the_time_for_a_style_sheet_grows_no_faster_than_the_page(make):
    started = time.process_time()
    as_shown(parse(make(10_000)))
    assert time.process_time() - started < 5


@pytest.mark.thorough
@pytest.mark.parametrize(
    "part",
    [
        '"\\', "'\\", '"a', "'\\\"", '"\n', "/*", "/", "<!--", "--", "{", "}", "a{", "@media ,", "@media screen,{",
        "@-a-", "@-a-keyframes{", ".a", "#-", "a.b#c", "[hidden]", ".a.a,", "a>", "(", "[", "([", "[(", "\\.", "\\", " ", ";",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "p{}x{{display:block}}", "@media {}{{", "p{{display{}"])
def test_the_time_for_a_long_style_sheet_grows_no_faster_than_the_sheet(part, around):
    sheet = around.format(part * (200_000 // len(part)))
    root = parse(page(sheet, "<p class=a>x</p>", "<style>.off{display:none}</style>"))
    started = time.process_time()
    apply_sheets(root)
    assert time.process_time() - started < 2


@pytest.mark.thorough
@pytest.mark.parametrize(
    "part",
    [
        "text-decoration:",
        "text-decoration-line ",
        "display:",
        "display ",
        "visibility",
        "clip:rect(",
        "clip:rect(0,",
        " ",
        "; ",
    ],
)
@pytest.mark.parametrize("start", ["", "display:none;", "clip:rect(", "left:-"])
def test_the_time_for_a_long_style_grows_no_faster_than_the_style(part, start, tmp_path):
    path = tmp_path / "a.html"
    style = start + part * (200_000 // len(part))
    path.write_text(page(".off{display:none} p{left:0 !important}", f"<p style='{style}'>x</p>"), encoding="utf-8")
    started = time.process_time()
    root = as_shown(parse(path.read_text(encoding="utf-8")))
    unseen(root)
    open_witness(path, "text/html")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("sheet", "read"),
    [
        ('.a{content:"x} .off{display:none}', ["Words."]),
        ('.a{content:"x\n} .off{display:none}', []),
        ('.a{content:"}\\"}"} .off{display:none}', []),
    ],
)
def test_a_string_without_an_end_ends_with_its_line(sheet, read):
    assert shown(page(sheet, "<p class=off>Words.</p>")) == read
