"""Turns the characters of the symbol fonts in Word documents into ordinary characters.

Symbol fonts use the codes of other characters for their shapes. Word stores such a code as a character from U+F000 to
U+F0FF.
"""

from __future__ import annotations

from corpus.ticks import PRIVATE, WINGDINGS

_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
_FONTS: dict[str, dict[int, str]] = {
    "symbol": {
        **dict(enumerate(_SYMBOL, 0x20)),
        **dict(enumerate(_SYMBOL_HIGH, 0xA0)),
        **dict(enumerate("〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭", 0xF1)),
    },
    "wingdings": {
        **WINGDINGS,
        0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·",
        0x9F: "•", 0xA7: "▪", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦",
        0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■", 0xA3: "□"},
    "wingdings 3": {0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x70: "▲", 0x71: "▼", 0x74: "◀", 0x75: "▶", 0x7D: "▶"},
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: "□", 0x67: "■", 0x6E: "●"},
}  # fmt: skip


def symbol(font: str | None, code: int) -> str | None:
    """Return the character that a font prints for a code, or None if we do not know it."""
    shapes = _FONTS.get((font or "").lower())
    if shapes is not None:
        return shapes.get(code - PRIVATE if code >= PRIVATE else code)
    private = 0xE000 <= code <= 0xF8FF  # a shape in a font that we do not know
    usable = 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if usable and not private else None


def in_font(font: str | None, text: str) -> tuple[str, int]:
    """Return a text with its private codes as a symbol font prints them, and the number of unknown codes."""
    if (font or "").lower() not in _FONTS:
        return text, 0
    known = [symbol(font, ord(c)) if PRIVATE <= ord(c) < PRIVATE + 0x100 else c for c in text]
    return "".join(c or "" for c in known), known.count(None)
