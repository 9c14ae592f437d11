from __future__ import annotations

import re

import pytest
from pydantic import BaseModel, ValidationError

from web.contract.requests import QueryRequest, TitleRequest

_WIDTHS = "".join(map(chr, range(0x2000, 0x200B)))
OF_JSON_SCHEMA = f"\t\n\v\f\r \u00a0\u1680{_WIDTHS}\u2028\u2029\u202f\u205f\u3000\ufeff"
"""The characters that \\s matches in JSON Schema (ECMA-262, WhiteSpace and LineTerminator)."""
OF_PYTHON = "".join(letter for number in range(0x3001) if (letter := chr(number)).isspace())


@pytest.mark.parametrize(("model", "field"), [(TitleRequest, "title"), (QueryRequest, "question")])
@pytest.mark.parametrize("blank", sorted({*OF_JSON_SCHEMA, *OF_PYTHON}))
def test_the_service_and_its_schema_agree_about_white_space(model: type[BaseModel], field: str, blank: str) -> None:
    pattern = model.model_json_schema()["properties"][field]["pattern"]
    # Python and JSON Schema disagree about \s, so we test both readings.
    assert not re.search(pattern, blank * 2)
    assert not re.search(pattern.replace(r"\s", OF_JSON_SCHEMA), blank * 2)
    with pytest.raises(ValidationError, match="is empty"):
        model.model_validate({field: blank * 2})
    assert getattr(model.model_validate({field: f"{blank}x"}), field) == f"{blank}x"
