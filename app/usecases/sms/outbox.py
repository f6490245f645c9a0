"""The outbox of notices: whether the office sends them, who wants none, what waits, what became of each."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.models.enums import Right, SmsStatus
from app.models.errors import Refusal
from app.services.context import Context
from app.services.permissions import requires
from app.services.sms_compose import OPTED_OUT, SMS_ENABLED, mobile_number
from app.services.sms_lines import SmsLine, to_sms_lines
from app.storage import sms
from app.storage.office_settings import save_settings, setting
from app.storage.uow import Reading, Writing
from app.wording.numbers import instant_in_figures
from app.wording.sms import COLUMNS, sms_situation_name

MAX_TRIES = 3
"""So often is a notice that the network refuses tried; then somebody has to ring."""
_MAX_LISTED = 10_000


@dataclass(frozen=True)
class SetSmsEnabled:
    """From now on write notices, or none; those that wait stay."""

    wanted: bool


@dataclass(frozen=True)
class SetOptOut:
    """The owner of a telephone wants no notices, or wants them again."""

    phone: str
    opted_out: bool


@dataclass(frozen=True)
class ListSms:
    """The notices that wait, or the last ones of any state."""

    waiting: bool = False


@dataclass(frozen=True)
class CountWaitingSms:
    """How many notices somebody should send."""


@dataclass(frozen=True)
class MarkExported:
    """Notices that a file carried away."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class RecordSendResult:
    """What became of one notice at the modem: `failure` is empty where the network took it, else its own words;
    `refused` where it refused this very message."""

    id: int
    failure: str = ""
    refused: bool = False


@dataclass(frozen=True)
class SmsOutbox:
    """Whether the office sends notices, the notices, and the telephones whose owners want none."""

    wanted: bool
    lines: tuple[SmsLine, ...]
    opted_out: tuple[str, ...] = ()


@requires(Right.EDIT_OFFICE)
def set_sms_enabled(command: SetSmsEnabled, context: Context, work: Writing) -> SmsOutbox:
    """Begin or cease to write notices; what waits."""
    save_settings(work, {SMS_ENABLED: command.wanted})
    told = SmsOutbox(command.wanted, to_sms_lines(sms.waiting_sms(work)))
    work.commit()
    return told


@requires(Right.TAKE_IN)
def set_opt_out(command: SetOptOut, context: Context, work: Writing) -> str:
    """Keep a citizen's word about notices; the number as it is kept. What waits for him is dropped.

    Raises Refusal `not_a_mobile`.
    """
    phone = mobile_number(command.phone)
    if not phone:
        raise Refusal("not_a_mobile", "phone", text=command.phone[:40])
    kept = set(setting(work, OPTED_OUT) or ())
    kept = kept | {phone} if command.opted_out else kept - {phone}
    save_settings(work, {OPTED_OUT: sorted(kept)})
    if command.opted_out:
        sms.drop_waiting_sms_to(work, phone, context.now)
    work.commit()
    return phone


@requires(Right.TAKE_IN)
def list_sms(query: ListSms, context: Context, work: Reading) -> SmsOutbox:
    """The outbox: what waits, oldest first, or the last ones of all, newest first."""
    rows = sms.waiting_sms(work) if query.waiting else sms.latest_sms(work, _MAX_LISTED)
    return SmsOutbox(setting(work, SMS_ENABLED) is True, to_sms_lines(rows), tuple(setting(work, OPTED_OUT) or ()))


@requires(Right.TAKE_IN)
def count_waiting_sms(query: CountWaitingSms, context: Context, work: Reading) -> int:
    """How many notices wait; none are told of where the office sends none."""
    return sms.count_waiting_sms(work) if setting(work, SMS_ENABLED) is True else 0


@requires(Right.TAKE_IN)
def mark_exported(command: MarkExported, context: Context, work: Writing) -> int:
    """Another program sends these from now on; how many still waited."""
    waiting = {row.id for row in sms.waiting_sms(work)} & set(command.ids)
    for each in waiting:
        sms.update_waiting_sms(work, each, {"status": SmsStatus.SENT, "ended_at": context.now, "way": "file"})
    work.commit()
    return len(waiting)


@requires(Right.TAKE_IN)
def record_send_result(command: RecordSendResult, context: Context, work: Writing) -> None:
    """Put on record what became of a notice. Refused by the network it waits for another try, three in all; where the
    modem went away it waits."""
    row = next((row for row in sms.waiting_sms(work) if row.id == command.id), None)
    if row is None:
        return
    tries = row.tries + (command.refused or not command.failure)
    told: dict[str, Any] = {"tries": tries, "way": command.failure[:60] or "modem"}
    if not command.failure:
        told |= {"status": SmsStatus.SENT, "ended_at": context.now}
    elif tries >= MAX_TRIES:
        told |= {"status": SmsStatus.FAILED, "ended_at": context.now}
    sms.update_waiting_sms(work, command.id, told)
    work.commit()


def sms_csv(lines: Sequence[SmsLine]) -> bytes:
    """The notices as CSV that Excel and a sender's program read: UTF-8 with its mark, a cell never a formula
    (what an office calls itself may begin with «=»)."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for line in lines:
        about = (sms_situation_name(line.situation), instant_in_figures(line.made_at))
        table.writerow(map(_cell, (line.phone, line.text, line.plain, line.code, *about)))
    return out.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
