"""Rows of prints and hand-overs, as `app.storage.rows`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.models.enums import PaperForm, PrintStatus
from app.storage.rows import Json


class EarlierPrintRow(NamedTuple):
    """The document model of an earlier print and its reprint number."""

    document: Json
    reprint: int


class WaitingPrintRow(NamedTuple):
    """A prepared copy with the code of its dossier or refusal slip.

    `name` is the applicant of the dossier; `slip` the document of a refusal at the counter.
    """

    id: int
    form: PaperForm
    copy: int
    paper: str
    reprint: int
    prepared_at: datetime
    status: PrintStatus
    code: str
    content_form: str | None
    content_title: str | None
    name: str | None
    slip: Mapping[str, Any] | None


class HandoverGroupRow(NamedTuple):
    """Hand-over of several dossiers to one holder in one act.

    `sequence` is the first record of the act, `dossiers` their number.
    """

    workstation: int
    actor: str
    entered_at: datetime
    holder_to: str | None
    sequence: int
    dossiers: int


class HandoverMemberRow(NamedTuple):
    """Hand-over of one dossier, with the code of the dossier."""

    id: int
    workstation: int
    actor: str
    entered_at: datetime
    holder_to: str | None
    sequence: int
    holder_from: str | None
    occurred_at: datetime
    code: str
