"""Text and web pages designed to harm the program that parses them, and files that are in two formats at once."""

from __future__ import annotations

from tests.hostile.archives import body, paragraph, word
from tests.hostile.pdfs import page

_SAFE = "Inspectors found that children in Pellbrook are safe and well looked after by staff."
_TEXT = f"Inspectors visit Pellbrook\n\n{_SAFE}\n"


def web(inner: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html><head>{head}</head><body><article><p>{_SAFE}</p>{inner}</article></body></html>".encode()
    )


def _nested(tag: str, levels: int) -> bytes:
    return web(f"<{tag}>" * levels + _SAFE + f"</{tag}>" * levels)


def webs() -> dict[str, bytes]:
    """Return web pages by file name."""
    files = {
        "elements-in-elements": _nested("div", 100_000),
        "quotes-in-quotes": _nested("blockquote", 5_000),
        "bold-in-bold": _nested("b", 20_000),
        "lists-in-lists": web("<ul><li>" * 3_000 + _SAFE),
        "tables-in-tables": web("<table><tr><td>" * 300 + _SAFE),
        "never-closed": web("<p><b><i><u>" * 2_000),
        "closed-before-opened": b"<html>" + b"</div>" * 20_000 + web(""),
        "four-thousand-attributes": web("<p " + " ".join(f"a{n}=1" for n in range(4_000)) + f">{_SAFE}</p>"),
        "attribute-of-megabytes": web(f"<p title='{'a' * (1 << 19)}'>{_SAFE}</p>"),
        "tag-of-megabytes": web(f"<{'a' * (1 << 20)}>{_SAFE}"),
        "comment-never-closed": web(f"<!-- {'-' * 100_000}"),
        "refresh": web("", '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">'),
        "base-elsewhere": web('<a href="x">x</a>', '<base href="http://evil.example/">'),
        "frames": web(
            '<iframe src="http://127.0.0.1:9/"></iframe><frameset><frame src="file:///etc/passwd"></frameset>'
        ),
        "objects": web('<object data="file:///etc/passwd"></object><embed src="file:///etc/passwd">'),
        "links-to-load": web(
            "", '<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><script src="http://127.0.0.1:9/x.js"></script>'
        ),
        "address-of-script": web(
            "",
            '<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="javascript:alert(1)">',
        ),
        "title-of-megabytes": web("", f"<title>{'Words ' * 50_000}</title>"),
        "entities-declared": b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + web("&b;" * 1_000),
        "entity-of-a-file": b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + web("&x;"),
        "entities-of-odd-numbers": web("&#0;&#xD800;&#x110000;&#99999999999;&#-1;&#x;"),
        "instruction-of-a-stylesheet": b'<?xml-stylesheet href="file:///etc/passwd"?>' + web(""),
        "charset-that-is-none": web("", '<meta charset="x-evil">'),
        "charset-of-utf-7": web("+ADw-script+AD4-alert(1)+ADw-/script+AD4-", '<meta charset="utf-7">'),
        "nul-in-tags": web("<scr\x00ipt>alert(1)</scr\x00ipt>"),
        "data-of-a-program": web(
            "",
            '<script type="application/ld+json">{"url": "javascript:alert(1)", "headline": "<b>x</b>", "a": '
            + "[" * 20_000
            + "</script>",
        ),
        "date-of-the-year-nine-thousand": web(
            "", '<meta property="article:published_time" content="9999-99-99T99:99:99Z">'
        ),
    }
    return {f"{name}.html": content for name, content in files.items()}


def texts() -> dict[str, bytes]:
    """Return plain text and Markdown files by file name."""
    sharp = "Zehn Kinder sagen “gut”. " * 20
    return {
        "line-of-a-hundred-thousand.txt": b"word " * 20_000,
        "word-of-a-million.txt": f"{_TEXT}\n{'a' * 1_000_000}".encode(),
        "lines-of-one-letter.txt": b"a\n" * 5_000,
        "blank-lines.txt": b"\n" * 500_000 + _TEXT.encode(),
        "bullets.txt": "• a\n".encode() * 4_000,
        "turned-round.txt": f"{_TEXT}\n\u202e{_SAFE}\u202c\n\u2066\u2067\u2068{_SAFE}\n".encode(),
        "never-turned-back.txt": ("\u202e\u202d\u2067" * 5_000 + _TEXT).encode(),
        "nul-after-the-head.txt": _TEXT.encode() + b" " * 5_000 + b"\x00 and more words after it.",
        "surrogates-as-utf-8.txt": _TEXT.encode() + b"\xed\xa0\x80\xed\xb0\x80 and more.",
        "overlong-utf-8.txt": _TEXT.encode() + b"\xc0\xbc\xe0\x80\xbcscript and more.",
        "cut-utf-8.txt": _TEXT.encode() + "–".encode()[:2],
        "two-marks.txt": b"\xef\xbb\xbf\xef\xbb\xbf" + _TEXT.encode(),
        "mark-in-the-midst.txt": _TEXT.encode() + "\ufeff\ufffe\uffff more.".encode(),
        "utf-16.txt": _TEXT.encode("utf-16"),
        "utf-16-big.txt": b"\xfe\xff" + _TEXT.encode("utf-16-be"),
        "utf-16-cut.txt": _TEXT.encode("utf-16")[:-1],
        "utf-16-of-half-signs.txt": b"\xff\xfe" + b"\x00\xd8" * 200,
        "utf-16-without-mark.txt": _TEXT.encode("utf-16-le"),
        "utf-32.txt": _TEXT.encode("utf-32"),
        "utf-32-without-mark.txt": _TEXT.encode("utf-32-le"),
        "utf-7.txt": _TEXT.encode() + b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "of-two-encodings.txt": _TEXT.encode() + sharp.encode() + sharp.encode("cp1252") + "日本".encode("shift-jis"),
        "every-byte-but-nul.txt": _TEXT.encode() + bytes(range(1, 256)) * 4,
        "controls.txt": (_TEXT + "".join(map(chr, range(1, 32))) + "\x7f\x80\x9f").encode(),
        "marks-upon-marks.txt": (_TEXT + "a" + "\u0301" * 20_000).encode(),
        "private-letters.txt": (_TEXT + "\ue000\uf8ff\U000f0000\U0010fffd" * 500).encode(),
        "ligature-of-eighteen.txt": (_TEXT + "\ufdfa" * 2_000).encode(),
        "arabic-and-hebrew.txt": (_TEXT + "مفتشون زاروا الأطفال. ילדים בטוחים. " * 100).encode(),
        "escapes-of-a-terminal.txt": (_TEXT + "\x1b]0;owned\x07\x1b[2J\x1b[31m" * 100).encode(),
        "quotes-in-quotes.md": b">" * 5_000 + _TEXT.encode(),
        "brackets.md": b"[" * 5_000 + _TEXT.encode(),
        "stars.md": b"*a " * 5_000 + _TEXT.encode(),
        "stars-and-lines.md": b"**a_*" * 3_000 + _TEXT.encode(),
        "backticks.md": b"".join(b"`" * n + b"a" for n in range(1, 120)) + _TEXT.encode(),
        "lists-in-lists.md": "".join("  " * n + "- a\n" for n in range(300)).encode() + _TEXT.encode(),
        "references.md": b"".join(b"[a%d]: <x>\n" % n for n in range(3_000)) + _TEXT.encode(),
        "links-in-links.md": b"![a](" * 2_000 + _TEXT.encode(),
        "entities.md": b"&#x110000;&#0;&lt;&nosuch;" * 1_000 + _TEXT.encode(),
        "html-of-a-script.md": b"<script>\nalert(1)\n</script>\n\n" + _TEXT.encode(),
    }


def polyglots() -> dict[str, bytes]:
    """Return files that are in two formats at once, or whose name gives the wrong format."""
    packed = word(body(paragraph(_SAFE)))
    drawn = page()
    return {
        "pdf-and-web.pdf": drawn + web(""),
        "pdf-and-web.html": web("") + drawn,
        "web-then-pdf.pdf": web("")[:900] + drawn,
        "pdf-and-zip.pdf": drawn + packed,
        "zip-and-pdf.docx": packed + drawn,
        "pdf-then-zip.docx": drawn + packed,
        "text-then-zip.docx": _TEXT.encode() + packed,
        "zip-after-picture.docx": b"GIF89a" + bytes(64) + packed,
        "word-called-text.txt": packed,
        "word-called-pdf.pdf": packed,
        "pdf-called-word.docx": drawn,
        "pdf-called-markdown.md": drawn,
        "web-called-text.txt": web("<script>alert(1)</script>"),
        "web-called-word.docx": web(""),
        "old-word.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        "rich-text.docx": b"{\\rtf1\\ansi Words.}",
        "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(500),
        "vector.html": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><text>Words</text></svg>',
        "program.txt": b"MZ\x90\x00" + bytes(500),
        "script.txt": b"#!/bin/sh\nrm -rf /\n",
        "postscript.pdf": b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n",
        "gzip.txt": b"\x1f\x8b\x08\x00" + bytes(range(1, 200)) * 3,
        "mail.html": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>Words</html>",
    }
