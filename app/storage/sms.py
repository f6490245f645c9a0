"""Statements on text messages to citizens.

A message is inserted in the transaction of the action that it reports.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from app.models.citizens import SmsMessage
from app.models.dossier import Dossier
from app.models.enums import SmsStatus
from app.storage.citizen_rows import SmsRow
from app.storage.uow import Reading, Writing

_LINES = select(SmsMessage, Dossier.c.code).join(Dossier, Dossier.c.id == SmsMessage.c.dossier_id)
_ALL = _LINES.order_by(SmsMessage.c.id.desc())
_WAITING = _LINES.where(SmsMessage.c.status == SmsStatus.WAITING.value).order_by(SmsMessage.c.id)
_COUNT = select(func.count()).where(SmsMessage.c.status == SmsStatus.WAITING.value)
_OF_DOSSIER = _LINES.where(SmsMessage.c.dossier_id == bindparam("of")).order_by(SmsMessage.c.id)
_UPDATE_WAITING = update(SmsMessage).where(SmsMessage.c.status == SmsStatus.WAITING.value)
_UPDATE_DOSSIER = _UPDATE_WAITING.where(SmsMessage.c.dossier_id == bindparam("of"))


def add_sms(work: Writing, row: Mapping[str, Any]) -> None:
    """Insert a message with status `waiting`."""
    work.write(insert(SmsMessage), {"status": SmsStatus.WAITING, "tries": 0, **row})


def drop_waiting_sms(work: Writing, dossier_id: int, at: datetime) -> None:
    """Drop the waiting messages of a dossier, because they are out of date."""
    work.write(_UPDATE_DOSSIER.values(status=SmsStatus.DROPPED, ended_at=at), {"of": dossier_id})


def drop_waiting_sms_to(work: Writing, phone: str, at: datetime) -> None:
    """Drop the waiting messages to a phone number, because it opted out."""
    statement = _UPDATE_WAITING.where(SmsMessage.c.phone == bindparam("to"))
    work.write(statement.values(status=SmsStatus.DROPPED, ended_at=at), {"to": phone})


def redirect_waiting_sms(work: Writing, dossier_id: int, phone: str) -> None:
    """Change the phone number of a dossier's waiting messages."""
    work.write(_UPDATE_DOSSIER.values(phone=phone), {"of": dossier_id})


def waiting_sms(work: Reading) -> Sequence[SmsRow]:
    """Return the waiting messages, the oldest first."""
    return work.typed_rows(SmsRow._make, _WAITING)


def count_waiting_sms(work: Reading) -> int:
    """Return the number of waiting messages."""
    return int(work.value(_COUNT))


def latest_sms(work: Reading, limit: int) -> Sequence[SmsRow]:
    """Return the last messages of any status, the newest first."""
    return work.typed_rows(SmsRow._make, _ALL.limit(limit))


def sms_of_dossier(work: Reading, dossier_id: int) -> Sequence[SmsRow]:
    """Return the messages of a dossier, in order."""
    return work.typed_rows(SmsRow._make, _OF_DOSSIER, {"of": dossier_id})


def update_waiting_sms(work: Writing, sms_id: int, values: Mapping[str, Any]) -> None:
    """Update a message if it is still waiting."""
    work.write(_UPDATE_WAITING.where(SmsMessage.c.id == bindparam("one")).values(**values), {"one": sms_id})


def mark_delivered(work: Writing, sms_id: int) -> None:
    """Note on a message sent by the modem that it has arrived."""
    sent = (SmsMessage.c.id == bindparam("one")) & (SmsMessage.c.way == "modem")
    work.write(update(SmsMessage).where(sent).values(way="delivered"), {"one": sms_id})
