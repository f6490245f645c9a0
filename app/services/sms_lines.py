"""Notices as frozen lines, for the outbox and for a dossier's sheet."""

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
    """One notice; `plain` is the text as a modem sends it, `way` how it went or what the modem said."""

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
    """A dossier's notices in order."""
    return to_sms_lines(sms.sms_of_dossier(work, dossier_id))


def to_sms_lines(rows: Sequence[SmsRow]) -> tuple[SmsLine, ...]:
    """Rows of notices as answers."""
    return tuple(
        SmsLine(
            row.id,
            row.code,
            row.phone,
            SmsSituation(row.situation),
            row.text,
            ascii_text(row.text),
            row.made_at,
            SmsStatus(row.status),
            row.tries,
            row.ended_at,
            row.way,
        )
        for row in rows
    )
