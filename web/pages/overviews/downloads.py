"""Tables that people download from the pages."""

from __future__ import annotations

from flask import Response

from qa_service.export.tables import Table, TableFormat


def table_download(table: Table, suffix: str, name: str, title: str) -> Response:
    """Return a table as a file. ``suffix`` is "csv" or "xlsx", and ``name`` is the file's name without it."""
    chosen = TableFormat(suffix)
    response = Response(table.write(chosen, title), content_type=chosen.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
