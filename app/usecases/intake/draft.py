"""The half-filled form of a desk, kept so that nothing typed is lost when the power goes."""

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
    """The form as typed so far, plain values only; None forgets it."""

    form: Mapping[str, Any] | None


@dataclass(frozen=True)
class ReadDraft:
    """What was being typed at this desk."""


@requires(Right.TAKE_IN)
def save_draft(command: SaveDraft, context: Context, work: Writing) -> None:
    """Keep the desk's form, in place of the one kept before."""
    journal.save_draft(work, context.office.workstation, context.now, command.form)
    work.commit()


@requires(Right.TAKE_IN)
def read_draft(query: ReadDraft, context: Context, work: Reading) -> dict[str, Any] | None:
    """The desk's form as it was last kept, or None."""
    form = journal.draft(work, context.office.workstation)
    return None if form is None else dict(form)
