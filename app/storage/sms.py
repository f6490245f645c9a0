"""Notices to citizens' telephones: written with the act they tell of, listed, sent, dropped."""

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
    """Put a notice among those that wait."""
    work.write(insert(SmsMessage), {"status": SmsStatus.WAITING, "tries": 0, **row})


def drop_waiting_sms(work: Writing, dossier_id: int, at: datetime) -> None:
    """What a dossier's notices were to tell is no longer so."""
    work.write(_UPDATE_DOSSIER.values(status=SmsStatus.DROPPED, ended_at=at), {"of": dossier_id})


def drop_waiting_sms_to(work: Writing, phone: str, at: datetime) -> None:
    """Whoever has this telephone wants no notices."""
    statement = _UPDATE_WAITING.where(SmsMessage.c.phone == bindparam("to"))
    work.write(statement.values(status=SmsStatus.DROPPED, ended_at=at), {"to": phone})


def redirect_waiting_sms(work: Writing, dossier_id: int, phone: str) -> None:
    """A dossier's waiting notices go to a corrected number."""
    work.write(_UPDATE_DOSSIER.values(phone=phone), {"of": dossier_id})


def waiting_sms(work: Reading) -> Sequence[SmsRow]:
    """Those not sent yet, the oldest first."""
    return work.typed_rows(SmsRow._make, _WAITING)


def count_waiting_sms(work: Reading) -> int:
    """How many are not sent yet."""
    return int(work.value(_COUNT))


def latest_sms(work: Reading, limit: int) -> Sequence[SmsRow]:
    """The last ones of any state, the newest first."""
    return work.typed_rows(SmsRow._make, _ALL.limit(limit))


def sms_of_dossier(work: Reading, dossier_id: int) -> Sequence[SmsRow]:
    """A dossier's notices in order."""
    return work.typed_rows(SmsRow._make, _OF_DOSSIER, {"of": dossier_id})


def update_waiting_sms(work: Writing, notice_id: int, values: Mapping[str, Any]) -> None:
    """What became of one that waited; one that ended meanwhile stays as it is."""
    work.write(_UPDATE_WAITING.where(SmsMessage.c.id == bindparam("one")).values(**values), {"one": notice_id})
