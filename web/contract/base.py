"""The base of the models that describe what clients get."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

PageNumber = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]


class ResponseModel(BaseModel):
    """A part of a reply. It has exactly the fields named here."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
