"""Request bodies and headers that the JSON interface does not accept."""

from __future__ import annotations

import dataclasses
import gzip
import json

_GOOD = b'{"question": "Are children safe?"}'


@dataclasses.dataclass(frozen=True, slots=True)
class Body:
    """A request body with its headers, the statuses that its reply may have, and the field that the problem must
    name."""

    content: bytes
    status: tuple[int, ...] = (422,)
    field: str | None = None
    headers: dict[str, str] = dataclasses.field(default_factory=lambda: {"Content-Type": "application/json"})


def fields(name: str, values: dict[str, str], at: str | None = None) -> dict[str, Body]:
    """Return bodies that are valid except for the value of one field. Values are JSON text."""
    bodies = {}
    for what, value in values.items():
        given = {"question": '"Are children safe?"', name: value}
        text = ", ".join(f'"{key}": {one}' for key, one in given.items())
        bodies[f"{name}-{what}"] = Body(f"{{{text}}}".encode(), field=at or name)
    return bodies


_NO_TEXT = {
    "null": "null",
    "number": "1",
    "true": "true",
    "list": '["a"]',
    "object": '{"a": 1}',
    "empty": '""',
    "blank": '" \\t\\n\\u00a0\\u2003"',
    "too-long": json.dumps("a" * 2001),
}
_NO_LIST = {
    "text": '"x"',
    "number": "7",
    "object": "{}",
    "true": "true",
    "list-of-lists": "[[[]]]",
    "too-long": json.dumps(["x"] * 51),
}
_FILTERS = {
    "text": ("filters", '"x"'),
    "number": ("filters", "1"),
    "list": ("filters", "[]"),
    "null": ("filters", "null"),
    "unknown": ("filters.authorities", '{"authorities": ["x"]}'),
    "prototype": ("filters.__proto__", '{"__proto__": {"latest_only": true}}'),
    "authority-text": ("filters.authority", '{"authority": "Westmarsh"}'),
    "authority-null": ("filters.authority", '{"authority": null}'),
    "authority-of-numbers": ("filters.authority[0]", '{"authority": [1]}'),
    "authority-of-nothing": ("filters.authority[0]", '{"authority": [""]}'),
    "authority-too-many": ("filters.authority", json.dumps({"authority": ["x"] * 51})),
    "authority-too-long": ("filters.authority[0]", json.dumps({"authority": ["x" * 201]})),
    "kind-unknown": ("filters.kind[0]", '{"kind": ["evil"]}'),
    "kind-of-objects": ("filters.kind[0]", '{"kind": [{}]}'),
    "form-unknown": ("filters.form[0]", '{"form": ["../x"]}'),
    "grade-of-texts": ("filters.grade[0]", '{"grade": ["good"]}'),
    "grade-without-area": ("filters.grade[0].area", '{"grade": [{"grade": "good"}]}'),
    "grade-with-more": ("filters.grade[0].x", '{"grade": [{"area": "a", "grade": "good", "x": 1}]}'),
    "report-id-short": ("filters.report_id[0]", '{"report_id": ["abc"]}'),
    "report-id-of-capitals": ("filters.report_id[0]", '{"report_id": ["ABCDEF0123456789"]}'),
    "report-id-with-line-end": ("filters.report_id[0]", '{"report_id": ["abcdef0123456789\\n"]}'),
    "report-id-of-other-digits": (
        "filters.report_id[0]",
        '{"report_id": ["\\u0661\\u0662\\u0663\\u0664\\u0665\\u0666\\u0667\\u0668\\u0661\\u0662\\u0663\\u0664\\u0665\\u0666\\u0667\\u0668"]}',
    ),
    "report-id-that-climbs": ("filters.report_id[0]", '{"report_id": ["../../etc/passwd"]}'),
    "date-number": ("filters.inspected_from", '{"inspected_from": 1600000000}'),
    "date-of-words": ("filters.inspected_to", '{"inspected_to": "yesterday"}'),
    "date-that-is-none": ("filters.published_from", '{"published_from": "2023-02-30"}'),
    "date-with-time": ("filters.published_to", '{"published_to": "2023-01-01T12:00:00"}'),
    "date-of-year-nought": ("filters.inspected_from", '{"inspected_from": "0000-01-01"}'),
    "date-of-year-ten-thousand": ("filters.inspected_from", '{"inspected_from": "10000-01-01"}'),
    "dates-the-wrong-way": ("filters", '{"inspected_from": "2024-01-01", "inspected_to": "2023-01-01"}'),
    "latest-of-words": ("filters.latest_only", '{"latest_only": "yes"}'),
    "latest-number": ("filters.latest_only", '{"latest_only": 1}'),
}
FIELDS: dict[str, Body] = {
    "question-missing": Body(b"{}", field="question"),
    **fields("question", _NO_TEXT),
    "question-twice-the-last-wrong": Body(b'{"question": "Are children safe?", "question": 1}', field="question"),
    **{
        f"filters-{name}": next(iter(fields("filters", {"x": value}, at).values()))
        for name, (at, value) in _FILTERS.items()
    },
    **fields(
        "history", {"text": '"x"', "number": "1", "object": "{}", "null": "null", "too-long": json.dumps(["x"] * 21)}
    ),
    **fields("history", {"of-numbers": "[1]", "of-lists": "[[]]", "of-nulls": "[null]"}, "history[0]"),
    **fields(
        "history",
        {"without-question": "[{}]", "of-empty": '[""]', "question-number": '[{"question": 1}]'},
        "history[0].question",
    ),
    **fields("history", {"with-more": '[{"question": "x", "y": 1}]'}, "history[0].y"),
    **fields("history", {"status-unknown": '[{"question": "x", "status": "evil"}]'}, "history[0].status"),
    **fields("history", {"report-id-wrong": '[{"question": "x", "report_ids": ["x"]}]'}, "history[0].report_ids[0]"),
    **fields(
        "top_k",
        {
            "text": '"8"',
            "null": "null",
            "nought": "0",
            "below": "-1",
            "above": "51",
            "broken": "1.5",
            "true": "true",
            "list": "[8]",
            "endless": "1e999",
            "long": "9" * 4000,
        },
    ),
    **fields("remember", {"text": '"true"', "number": "1", "null": "null", "list": "[]"}),
    **fields("conversation_id", {"number": "1", "list": "[]", "true": "true", "too-long": json.dumps("x" * 5000)}),
    **fields("unknown", {"text": '"x"', "null": "null", "deep": "[" * 100 + "]" * 100}),
    **fields("__proto__", {"object": '{"admin": true}'}),
    **fields("constructor", {"object": '{"prototype": {}}'}),
    **fields("$where", {"text": '"1==1"'}),
    **fields("question\\u0000", {"text": '"x"'}, "question\x00"),
    **fields("QUESTION", {"text": '"x"'}),
    **fields("", {"empty-name": '"x"'}, ""),
}
_JSON = {"Content-Type": "application/json"}
_BAD = (400,)
_TYPES = {
    "none": "",
    "text": "text/plain",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data; boundary=x",
    "xml": "application/xml",
    "yaml": "application/x-yaml",
    "json-in-the-name": "text/json",
    "json-behind": "text/plain; application/json",
    "two": "text/html, application/json",
    "very-long": "text/" + "x" * 5000,
    "only-a-slash": "/",
    "with-odd-letters": "application/j\u00e4son",
}
BODIES: dict[str, Body] = {
    "empty": Body(b"", _BAD),
    "blank": Body(b" \n\t ", _BAD),
    "half": Body(_GOOD[:-3], _BAD),
    "twice": Body(_GOOD + _GOOD, _BAD),
    "nul-behind": Body(_GOOD + b"\x00", _BAD),
    "comment": Body(b'{"question": "x" /* y */}', _BAD),
    "comma-behind": Body(b'{"question": "x",}', _BAD),
    "single-quotes": Body(b"{'question': 'x'}", _BAD),
    "bare-name": Body(b'{question: "x"}', _BAD),
    "control-in-text": Body(b'{"question": "x\x01"}', _BAD),
    "line-end-in-text": Body(b'{"question": "x\ny"}', _BAD),
    "bad-escape": Body(b'{"question": "\\x41"}', _BAD),
    "half-escape": Body(b'{"question": "\\u00"}', _BAD),
    "lone-high-surrogate": Body(b'{"question": "\\ud800"}', _BAD),
    "lone-low-surrogate": Body(b'{"question": "\\udc00 safe"}', _BAD),
    "surrogates-turned": Body(b'{"question": "\\udc00\\ud800"}', _BAD),
    "surrogate-in-a-name": Body(b'{"question": "x", "\\ud800": 1}', _BAD),
    "surrogate-as-bytes": Body(b'{"question": "\xed\xa0\x80"}', _BAD),
    "cut-utf-8": Body(b'{"question": "\xe2\x80"}', _BAD),
    "overlong-utf-8": Body(b'{"question": "\xc0\xaf"}', _BAD),
    "latin-1": Body(b'{"question": "caf\xe9"}', _BAD),
    "utf-16": Body(_GOOD.decode().encode("utf-16"), _BAD),
    "utf-32": Body(_GOOD.decode().encode("utf-32"), _BAD),
    "byte-order-mark": Body(b"\xef\xbb\xbf" + _GOOD, (200, 400)),
    "utf-7": Body(b"+AHsAIg-question+ACI: +ACI-x+ACIAfQ-", _BAD),
    "packed-and-said": Body(gzip.compress(_GOOD), (400, 415), headers={**_JSON, "Content-Encoding": "gzip"}),
    "packed-and-not-said": Body(gzip.compress(_GOOD), _BAD),
    "packed-bomb": Body(gzip.compress(b" " * (10 << 20)), (400, 415), headers={**_JSON, "Content-Encoding": "gzip"}),
    "packing-that-is-none": Body(_GOOD, (200, 400, 415), headers={**_JSON, "Content-Encoding": "evil"}),
    "text": Body(b'"Are children safe?"'),
    "number": Body(b"1"),
    "null": Body(b"null"),
    "true": Body(b"true"),
    "list": Body(b'[{"question": "x"}]'),
    "not-a-number": Body(b"NaN", (400, 422)),
    "endless": Body(b"-Infinity", (400, 422)),
    "not-a-number-within": Body(b'{"question": "x", "top_k": NaN}', (400, 422)),
    "number-of-many-digits": Body(b'{"question": "x", "top_k": ' + b"9" * 20_000 + b"}", (400, 422)),
    "number-with-huge-power": Body(b'{"question": "x", "top_k": 1e999999999}', (400, 422)),
    "lists-in-lists": Body(b"[" * 30_000 + b"]" * 30_000, (400, 422)),
    "lists-without-end": Body(b"[" * 60_000, (400, 422)),
    "objects-in-objects": Body(b'{"a":' * 10_000 + b"1" + b"}" * 10_000, (400, 422)),
    "deep-in-the-question": Body(b'{"question": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", (400, 422)),
    "ten-thousand-fields": Body(json.dumps({"question": "x"} | {f"f{n}": n for n in range(4_000)}).encode()),
    "same-field-many-times": Body(b"{" + b'"x": 1,' * 5_000 + b'"question": "x"}'),
    "too-large": Body(json.dumps({"question": "x" * 70_000}).encode(), (413,)),
    "too-large-of-blanks": Body(b" " * 70_000 + _GOOD, (413,)),
    "charset-utf-16": Body(_GOOD, (200, 400, 415), headers={"Content-Type": "application/json; charset=utf-16"}),
    "charset-that-is-none": Body(_GOOD, (200, 400, 415), headers={"Content-Type": "application/json; charset=evil"}),
    "charset-of-quotes": Body(_GOOD, (200, 400, 415), headers={"Content-Type": 'application/json; charset="'}),
    **{
        f"type-{name}": Body(_GOOD, (415,), headers={"Content-Type": kind} if kind else {})
        for name, kind in _TYPES.items()
    },
}
