"""The single values in an answer's JSON: ids, days, counts, spans and boxes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, cast

from annotated_types import Ge, Len
from typing_extensions import TypedDict  # pydantic cannot use typing.TypedDict before Python 3.12

from corpus.types import REPORT_ID_LENGTH, Box, Reading


@dataclass(frozen=True, slots=True)
class Keyword:
    """A JSON Schema keyword to add to the ones that a Python type implies."""

    name: str
    value: str

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        """Add the keyword to the schema that pydantic makes."""
        return {**handler(core_schema), self.name: self.value}


REPORT_ID_PATTERN = f"^[0-9a-f]{{{REPORT_ID_LENGTH}}}$"
"""Pattern of a report's id, as a JSON Schema regular expression."""
ReportId = Annotated[str, Keyword("pattern", REPORT_ID_PATTERN)]
Day = Annotated[str, Keyword("format", "date")]
Count = Annotated[int, Ge(0)]
PageNumber = Annotated[int, Ge(1)]
Rank = Annotated[int, Ge(1)]
Span = Annotated[list[Count], Len(2, 2)]
"""The start and end of a part of a text, in Unicode code points."""
ShownReading = Literal["confirmed", "not confirmed", "read from the picture"]
"""What a second program found on the page. Words that the program contradicts are never shown."""


class BoxModel(TypedDict):
    """A rectangle on a page. Its edges are fractions of the displayed page's width and height, from the top left."""

    page: PageNumber
    x0: float
    y0: float
    x1: float
    y1: float


def box_json(box: Box) -> BoxModel:
    """Return a rectangle as JSON."""
    return {
        "page": box.page,
        "x0": round(box.x0, 5),
        "y0": round(box.y0, 5),
        "x1": round(box.x1, 5),
        "y1": round(box.y1, 5),
    }


def shown_reading(reading: Reading) -> ShownReading:
    """Return what a second program found on the page of a quote that we show."""
    return cast("ShownReading", reading.value)


def day_json(day: date | None) -> str | None:
    """Return a day in ISO 8601 format."""
    return day.isoformat() if day else None
