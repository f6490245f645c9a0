"""The outbox of notices: whether the office sends them, who wants none, what waits, what became of each."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.models.enums import NoticeStatus, Right
from app.models.errors import Refusal
from app.services.context import Context
from app.services.permissions import needs
from app.services.sms_compose import UNWANTED, WANTED, mobile
from app.services.sms_lines import NoticeLine, lines_of
from app.storage import sms
from app.storage.office_settings import keep_settings, setting
from app.storage.uow import Reading, Writing
from app.wording.numbers import instant_in_figures
from app.wording.sms import COLUMNS, situation_name

MOST_TRIES = 3
"""So often is a notice that the network refuses tried; then somebody has to ring."""
_MOST_LISTED = 10_000


@dataclass(frozen=True)
class WantNotices:
    """From now on write notices, or none; those that wait stay."""

    wanted: bool


@dataclass(frozen=True)
class LeaveAlone:
    """The owner of a telephone wants no notices, or wants them again."""

    phone: str
    alone: bool


@dataclass(frozen=True)
class ListNotices:
    """The notices that wait, or the last ones of any state."""

    waiting: bool = False


@dataclass(frozen=True)
class CountNotices:
    """How many notices somebody should send."""


@dataclass(frozen=True)
class Handed:
    """Notices that a file carried away."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class Tried:
    """What became of one notice at the modem: `failure` is empty where the network took it, else its own words;
    `refused` where it refused this very message."""

    id: int
    failure: str = ""
    refused: bool = False


@dataclass(frozen=True)
class Notices:
    """Whether the office sends notices, the notices, and the telephones whose owners want none."""

    wanted: bool
    lines: tuple[NoticeLine, ...]
    unwanted: tuple[str, ...] = ()


@needs(Right.EDIT_OFFICE)
def want_notices(command: WantNotices, context: Context, work: Writing) -> Notices:
    """Begin or cease to write notices; what waits."""
    keep_settings(work, {WANTED: command.wanted})
    told = Notices(command.wanted, lines_of(sms.waiting_notices(work)))
    work.commit()
    return told


@needs(Right.TAKE_IN)
def leave_alone(command: LeaveAlone, context: Context, work: Writing) -> str:
    """Keep a citizen's word about notices; the number as it is kept. What waits for him is dropped.

    Raises Refusal `not_a_mobile`.
    """
    phone = mobile(command.phone)
    if not phone:
        raise Refusal("not_a_mobile", "phone", text=command.phone[:40])
    kept = set(setting(work, UNWANTED) or ())
    kept = kept | {phone} if command.alone else kept - {phone}
    keep_settings(work, {UNWANTED: sorted(kept)})
    if command.alone:
        sms.drop_waiting_to(work, phone, context.now)
    work.commit()
    return phone


@needs(Right.TAKE_IN)
def list_notices(query: ListNotices, context: Context, work: Reading) -> Notices:
    """The outbox: what waits, oldest first, or the last ones of all, newest first."""
    rows = sms.waiting_notices(work) if query.waiting else sms.latest_notices(work, _MOST_LISTED)
    return Notices(setting(work, WANTED) is True, lines_of(rows), tuple(setting(work, UNWANTED) or ()))


@needs(Right.TAKE_IN)
def count_notices(query: CountNotices, context: Context, work: Reading) -> int:
    """How many notices wait; none are told of where the office sends none."""
    return sms.count_waiting(work) if setting(work, WANTED) is True else 0


@needs(Right.TAKE_IN)
def handed_over(command: Handed, context: Context, work: Writing) -> int:
    """Another program sends these from now on; how many still waited."""
    waiting = {row.id for row in sms.waiting_notices(work)} & set(command.ids)
    for each in waiting:
        sms.change_waiting(work, each, {"status": NoticeStatus.SENT, "ended_at": context.now, "way": "file"})
    work.commit()
    return len(waiting)


@needs(Right.TAKE_IN)
def keep_outcome(command: Tried, context: Context, work: Writing) -> None:
    """Put on record what became of a notice. Refused by the network it waits for another try, three in all; where the
    modem went away it waits."""
    row = next((row for row in sms.waiting_notices(work) if row.id == command.id), None)
    if row is None:
        return
    tries = row.tries + (command.refused or not command.failure)
    told: dict[str, Any] = {"tries": tries, "way": command.failure[:60] or "modem"}
    if not command.failure:
        told |= {"status": NoticeStatus.SENT, "ended_at": context.now}
    elif tries >= MOST_TRIES:
        told |= {"status": NoticeStatus.FAILED, "ended_at": context.now}
    sms.change_waiting(work, command.id, told)
    work.commit()


def notices_file(lines: Sequence[NoticeLine]) -> bytes:
    """The notices as CSV that Excel and a sender's program read: UTF-8 with its mark, a cell never a formula
    (what an office calls itself may begin with «=»)."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for line in lines:
        about = (situation_name(line.situation), instant_in_figures(line.made_at))
        table.writerow(map(_cell, (line.phone, line.text, line.plain, line.code, *about)))
    return out.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
