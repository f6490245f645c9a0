"""Text messages as lines, for the outbox and the dossier page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.models.enums import SmsStatus
from app.services.law.counter import situation_names
from app.storage import sms
from app.storage.citizen_rows import SmsRow
from app.storage.uow import Reading
from app.wording.sms import ascii_text, sms_situation_name

_NOT_IN_JSON = {"in_json": False}


@dataclass(frozen=True)
class SmsLine:
    """A text message.

    `plain` is the text that the modem sends. `name` is that of the situation. `way` is how it was sent, or the error of
    the modem.
    """

    id: int
    code: str
    phone: str
    situation: str
    text: str
    plain: str
    made_at: datetime
    status: SmsStatus
    tries: int
    ended_at: datetime | None
    way: str | None
    name: str = field(default="", metadata=_NOT_IN_JSON)


def sms_lines(work: Reading, dossier_id: int) -> tuple[SmsLine, ...]:
    """Return the messages of a dossier, oldest first."""
    return to_sms_lines(sms.sms_of_dossier(work, dossier_id), work)


def to_sms_lines(rows: Sequence[SmsRow], work: Reading) -> tuple[SmsLine, ...]:
    """Return rows as lines, with the latest name of each situation."""
    names = situation_names(work) if rows else {}
    return tuple(
        SmsLine(
            id=row.id,
            code=row.code,
            phone=row.phone,
            situation=row.situation,
            text=row.text,
            plain=ascii_text(row.text),
            made_at=row.made_at,
            status=row.status,
            tries=row.tries,
            ended_at=row.ended_at,
            way=row.way,
            name=sms_situation_name(row.situation, names),
        )
        for row in rows
    )
