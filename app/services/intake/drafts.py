"""Stored drafts of a desk's intake forms."""

from collections.abc import Mapping
from typing import Any

from app.storage import dossiers, journal
from app.storage.uow import Reading

DRAFTS = "drafts"
"""Key of the list in the stored row."""


def unsaved_drafts(work: Reading, desk: int) -> list[Mapping[str, Any]]:
    """Return the stored drafts whose dossier is not on disk.

    A process that is killed after the dossier leaves its draft behind. Earlier versions stored one form alone.
    """
    stored = journal.draft(work, desk)
    if stored is None:
        return []
    drafts: list[Mapping[str, Any]] = stored.get(DRAFTS, [{"saved_at": "", "form": stored}])
    accepted = dossiers.requests_among(work, [draft_id(each["form"]) for each in drafts])
    return [each for each in drafts if draft_id(each["form"]) not in accepted]


def draft_id(form: Mapping[str, Any]) -> str:
    """Return the request id of a form, empty for none."""
    return str(form.get("request_id") or "")
