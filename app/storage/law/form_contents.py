"""Statements on the contents of printed forms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, func, insert, select, type_coerce

from app.models.journal import Print
from app.models.office import FormContent
from app.storage.uow import Reading, Writing

_F = FormContent.c
_CONTENT = select(_F.content).where(_F.digest == bindparam("of"))
_DIGEST = select(_F.digest).where(_F.digest == bindparam("of"))
OF_PRINT = _F.digest == func.json_extract(type_coerce(Print.c.document, String), "$.head.content")
"""Condition that joins the content of a print."""
PRINTED_CONTENT = (
    _F.form.label("content_form"),
    func.json_extract(type_coerce(_F.content, String), "$.title", type_=String).label("content_title"),
)
"""Form and title of the content of a print; the title is JSON."""


def find_content(work: Reading, digest: str) -> Mapping[str, Any] | None:
    """Return the content with a digest, or None."""
    content: Mapping[str, Any] | None = work.value(_CONTENT, {"of": digest})
    return content


def has_content(work: Reading, digest: str) -> bool:
    """Return whether the content with a digest is stored."""
    return work.value(_DIGEST, {"of": digest}) is not None


def add_content(work: Writing, digest: str, form: str, content: Mapping[str, Any], added_at: datetime) -> None:
    """Insert a content."""
    row = {"digest": digest, "form": form, "content": dict(content), "added_at": added_at}
    work.write(insert(FormContent), row)
