"""Public status of a dossier by the code of its receipt, for the kiosk."""

from dataclasses import dataclass
from datetime import datetime

from app.models.enums import Right, Status
from app.models.errors import Refusal
from app.models.text import mask_name
from app.scanning.scan import CodeScan, KeyScan, PaperScan, read_scan
from app.services.context import Context
from app.services.dossier_detail import dossier_detail, find_row
from app.services.permissions import requires
from app.storage import citizens
from app.storage.uow import Reading
from app.wording.citizens import kiosk_state

_RATEABLE = (Status.RETURNED, Status.FINISHED)


@dataclass(frozen=True)
class GetPublicStatus:
    """Query: the scanned text of a receipt."""

    text: str


@dataclass(frozen=True)
class PublicStatus:
    """A dossier without id number and address, and with a masked name.

    The name has the form «H… T… Ỷ».
    `stage` is 0 received, 1 in progress, 2 ready, 3 returned. `may_rate` is false once it is rated.
    """

    code: str
    name: str
    procedure: str
    state: str
    stage: int
    received_at: datetime
    due_at: datetime | None
    may_rate: bool


@requires(Right.ASK_STATUS)
def get_public_status(query: GetPublicStatus, context: Context, work: Reading) -> PublicStatus | None:
    """Return the dossier of a receipt's code; None for any other text."""
    meaning = read_scan(query.text, context.office.agency_code)
    if isinstance(meaning, KeyScan):
        code: str | None = meaning.key
    elif isinstance(meaning, PaperScan):
        code = meaning.key or meaning.code
    else:
        code = meaning.text if isinstance(meaning, CodeScan) else None
    try:
        row = find_row(work, code) if code else None
    except Refusal:
        return None
    if row is None or Status(row.status) is Status.VOID:
        return None
    sheet = dossier_detail(work, row, context.today)
    state, stage = kiosk_state(sheet.status)
    may_rate = sheet.status in _RATEABLE and citizens.rating_of(work, row.id) is None
    name = mask_name(str(sheet.applicant["name"]))
    return PublicStatus(
        code=sheet.code,
        name=name,
        procedure=sheet.procedure.name,
        state=state,
        stage=stage,
        received_at=sheet.received_at,
        due_at=sheet.due_at,
        may_rate=may_rate,
    )
