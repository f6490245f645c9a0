"""Text messages as lines, for the outbox and the dossier page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.enums import SmsSituation, SmsStatus
from app.storage import sms
from app.storage.citizen_rows import SmsRow
from app.storage.uow import Reading
from app.wording.sms import ascii_text


@dataclass(frozen=True)
class SmsLine:
    """A text message.

    `plain` is the text that the modem sends. `way` is how it was sent, or the modem's error.
    """

    id: int
    code: str
    phone: str
    situation: SmsSituation
    text: str
    plain: str
    made_at: datetime
    status: SmsStatus
    tries: int
    ended_at: datetime | None
    way: str | None


def sms_lines(work: Reading, dossier_id: int) -> tuple[SmsLine, ...]:
    """Return the messages of a dossier, oldest first."""
    return to_sms_lines(sms.sms_of_dossier(work, dossier_id))


def to_sms_lines(rows: Sequence[SmsRow]) -> tuple[SmsLine, ...]:
    """Return rows as lines."""
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
        )
        for row in rows
    )
