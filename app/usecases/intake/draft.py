"""Drafts of a desk's intake forms, which survive a power failure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.enums import Right
from app.models.instants import iso, office_instant
from app.services.context import Context
from app.services.intake.drafts import DRAFTS, draft_id, unsaved_drafts
from app.services.permissions import requires
from app.services.versions import as_version
from app.storage import catalogue, journal
from app.storage.uow import Reading, Writing

MOST_DRAFTS = 50
"""Drafts that a desk keeps; the oldest gives way."""


@dataclass(frozen=True)
class SaveDraft:
    """Command: save a form as plain values, under its request id.

    Without `form` the draft with `request_id` is deleted. Other drafts stay.
    """

    form: Mapping[str, Any] | None
    request_id: str = ""


@dataclass(frozen=True)
class ListDrafts:
    """Query: the drafts of this desk, without that of `request_id`."""

    request_id: str = ""


@dataclass(frozen=True)
class DraftLine:
    """One draft: its form, the name of its procedure, when it was saved."""

    form: Mapping[str, Any]
    procedure: str
    saved_at: datetime


@requires(Right.TAKE_IN)
def save_draft(command: SaveDraft, context: Context, work: Writing) -> int:
    """Save or delete one draft of the desk.

    Returns the number of the other drafts.
    """
    desk = context.office.workstation
    request_id = draft_id(command.form) if command.form is not None else command.request_id
    others = [each for each in unsaved_drafts(work, desk) if draft_id(each["form"]) != request_id][: MOST_DRAFTS - 1]
    own = [] if command.form is None else [{"saved_at": iso(context.now), "form": dict(command.form)}]
    drafts = [*own, *others]
    journal.save_draft(work, desk, context.now, {DRAFTS: drafts} if drafts else None)
    work.commit()
    return len(others)


@requires(Right.TAKE_IN)
def list_drafts(query: ListDrafts, context: Context, work: Reading) -> tuple[DraftLine, ...]:
    """Return the drafts of the desk, newest first."""
    return tuple(
        DraftLine(
            each["form"],
            _procedure_name(each["form"], context, work),
            office_instant(each["saved_at"]) if each["saved_at"] else context.now,
        )
        for each in unsaved_drafts(work, context.office.workstation)
        if draft_id(each["form"]) != query.request_id
    )


def _procedure_name(form: Mapping[str, Any], context: Context, work: Reading) -> str:
    code = str(form.get("procedure") or "")
    row = catalogue.version_valid_on(work, code, context.today) if code else None
    return code if row is None else as_version(row).procedure.name
