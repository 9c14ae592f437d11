"""The base class for models of replies, and the types that these models share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

PageNumber = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]


class ResponseModel(BaseModel):
    """A reply or a part of one. It has all the fields of the model, and no other fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
