"""SMS outbox: switch, opt-outs, waiting messages and send results."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.models.enums import Right, SmsStatus
from app.models.errors import Refusal
from app.models.values.phones import mobile_number
from app.services.context import Context
from app.services.permissions import requires
from app.services.sms_compose import OPTED_OUT, SMS_ENABLED
from app.services.sms_lines import SmsLine, to_sms_lines
from app.storage import sms
from app.storage.office_settings import save_settings, setting
from app.storage.uow import Reading, Writing
from app.wording.numbers import instant_in_figures
from app.wording.sms import COLUMNS

MAX_TRIES = 3
"""Number of attempts for a message that the network rejects."""
_MAX_LISTED = 10_000
_WIDTHS = (16.0, 60.0, 60.0, 24.0, 24.0, 18.0)


@dataclass(frozen=True)
class SetSmsEnabled:
    """Command: switch SMS messages on or off; waiting messages stay."""

    enabled: bool


@dataclass(frozen=True)
class SetOptOut:
    """Command: opt a phone number out of messages, or in again."""

    phone: str
    opted_out: bool


@dataclass(frozen=True)
class ListSms:
    """Query: the waiting messages, or the latest of any status."""

    waiting: bool = False


@dataclass(frozen=True)
class CountWaitingSms:
    """Query: the number of messages to send."""


@dataclass(frozen=True)
class MarkExported:
    """Command: mark messages as exported to a file."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class RecordSendResult:
    """Command: record the modem's result for one message.

    `failure` is empty if the network accepted it, else the error text.
    `refused` is true if the network rejected this message.
    """

    id: int
    failure: str = ""
    refused: bool = False


@dataclass(frozen=True)
class SmsOutbox:
    """Whether the office sends messages; the messages; opted-out numbers."""

    enabled: bool
    lines: tuple[SmsLine, ...]
    opted_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordDeliveries:
    """Command: record that sent messages have arrived."""

    ids: tuple[int, ...]


@requires(Right.EDIT_OFFICE)
def set_sms_enabled(command: SetSmsEnabled, context: Context, work: Writing) -> SmsOutbox:
    """Switch messages on or off; return the waiting ones."""
    save_settings(work, {SMS_ENABLED: command.enabled})
    outbox = SmsOutbox(command.enabled, to_sms_lines(sms.waiting_sms(work), work))
    work.commit()
    return outbox


@requires(Right.TAKE_IN)
def set_opt_out(command: SetOptOut, context: Context, work: Writing) -> str:
    """Store or remove an opt-out, and drop waiting messages to the number.

    Return the number as stored.
    Raises Refusal `not_a_mobile`.
    """
    phone = mobile_number(command.phone)
    if not phone:
        raise Refusal("not_a_mobile", "phone", text=command.phone[:40])
    opted_out = set(setting(work, OPTED_OUT) or ())
    opted_out = opted_out | {phone} if command.opted_out else opted_out - {phone}
    save_settings(work, {OPTED_OUT: sorted(opted_out)})
    if command.opted_out:
        sms.drop_waiting_sms_to(work, phone, context.now)
    work.commit()
    return phone


@requires(Right.TAKE_IN)
def list_sms(query: ListSms, context: Context, work: Reading) -> SmsOutbox:
    """Return waiting messages, oldest first, or all latest, newest first."""
    rows = sms.waiting_sms(work) if query.waiting else sms.latest_sms(work, _MAX_LISTED)
    return SmsOutbox(
        setting(work, SMS_ENABLED) is True, to_sms_lines(rows, work), tuple(setting(work, OPTED_OUT) or ())
    )


@requires(Right.TAKE_IN)
def count_waiting_sms(query: CountWaitingSms, context: Context, work: Reading) -> int:
    """Return the number of waiting messages; 0 if the office sends none."""
    return sms.count_waiting_sms(work) if setting(work, SMS_ENABLED) is True else 0


@requires(Right.TAKE_IN)
def mark_exported(command: MarkExported, context: Context, work: Writing) -> int:
    """Mark messages that another program sends; return how many were waiting."""
    waiting = {row.id for row in sms.waiting_sms(work)} & set(command.ids)
    for each in waiting:
        sms.update_waiting_sms(work, each, {"status": SmsStatus.SENT, "ended_at": context.now, "way": "file"})
    work.commit()
    return len(waiting)


@requires(Right.TAKE_IN)
def record_send_result(command: RecordSendResult, context: Context, work: Writing) -> None:
    """Record the result of sending a message.

    A message that the network rejects is tried `MAX_TRIES` times. A message that the modem lost stays waiting.
    """
    row = next((row for row in sms.waiting_sms(work) if row.id == command.id), None)
    if row is None:
        return
    tries = row.tries + (command.refused or not command.failure)
    values: dict[str, Any] = {"tries": tries, "way": command.failure[:60] or "modem"}
    if not command.failure:
        values |= {"status": SmsStatus.SENT, "ended_at": context.now}
    elif tries >= MAX_TRIES:
        values |= {"status": SmsStatus.FAILED, "ended_at": context.now}
    sms.update_waiting_sms(work, command.id, values)
    work.commit()


@requires(Right.TAKE_IN)
def record_deliveries(command: RecordDeliveries, context: Context, work: Writing) -> None:
    """Record that the network reported messages as arrived."""
    for each in command.ids:
        sms.mark_delivered(work, each)
    work.commit()


def sms_csv(lines: Sequence[SmsLine]) -> bytes:
    """Return the messages as CSV, in UTF-8 with a byte order mark.

    Cells are escaped so that none becomes a formula, because an office name may begin with «=».
    """
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for line in lines:
        table.writerow(map(_cell, _cells(line)))
    return out.getvalue().encode("utf-8-sig")


def sms_file(lines: Sequence[SmsLine], suffix: str) -> bytes:
    """Return the messages as `.xlsx` with text cells, otherwise as CSV.

    Excel drops the first zero of a phone that it opens in a CSV file.
    """
    if suffix.lower() != ".xlsx":
        return sms_csv(lines)
    from app.printing.reports.plain_workbook import plain_workbook

    return plain_workbook("Tin nhắn", tuple(zip(COLUMNS, _WIDTHS, strict=True)), [_cells(line) for line in lines])


def _cells(line: SmsLine) -> tuple[str, ...]:
    return line.phone, line.text, line.plain, line.code, line.name, instant_in_figures(line.made_at)


def _cell(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
