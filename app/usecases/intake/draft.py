"""Draft of a desk's intake form, which survives a power failure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models.enums import Right
from app.services.context import Context
from app.services.permissions import requires
from app.storage import journal
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class SaveDraft:
    """Command: save the form as plain values; None deletes the draft."""

    form: Mapping[str, Any] | None


@dataclass(frozen=True)
class ReadDraft:
    """Query: the draft of this desk."""


@requires(Right.TAKE_IN)
def save_draft(command: SaveDraft, context: Context, work: Writing) -> None:
    """Replace the desk's draft."""
    journal.save_draft(work, context.office.workstation, context.now, command.form)
    work.commit()


@requires(Right.TAKE_IN)
def read_draft(query: ReadDraft, context: Context, work: Reading) -> dict[str, Any] | None:
    """Return the desk's last saved draft, or None."""
    form = journal.draft(work, context.office.workstation)
    return None if form is None else dict(form)
