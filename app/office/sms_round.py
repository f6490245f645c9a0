"""Send the waiting text messages through a modem, oldest first.

Each result is recorded before the next message is sent. No unit of work is open while the modem sends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.office.desk import Desk
from app.phone.errors import MessageRejected, ModemUnavailable
from app.phone.modem import Modem
from app.services.sms_lines import SmsLine
from app.usecases.sms.outbox import (
    ListSms,
    RecordDeliveries,
    RecordSendResult,
    list_sms,
    record_deliveries,
    record_send_result,
)

__all__ = ["Modem", "SendRound", "send_waiting_sms"]


@dataclass(frozen=True)
class SendRound:
    """Result of a round.

    `refused` counts messages rejected because of their number, `left` those still waiting. `failure` is why no message
    can be sent now: modem, SIM or network. `stopped` is set if the user stopped the round.
    """

    sent: int
    refused: int
    left: int
    failure: str = ""
    stopped: bool = False


def send_waiting_sms(
    office: Desk,
    modem: Callable[[], Modem],
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    stopped: Callable[[], bool] = lambda: False,
) -> SendRound:
    """Send the waiting messages.

    `on_progress` receives the number sent and the total. `stopped` is checked before each message, because a message
    being sent cannot be cancelled. The round ends if the modem or the network becomes unavailable; the messages then
    stay waiting.
    """
    lines = _waiting_sms(office)
    sent = refused = 0
    failure = ""
    references: dict[int, int] = {}
    try:
        if lines and not stopped():
            with modem() as connection:
                for place, line in enumerate(lines):
                    on_progress(place, len(lines))
                    if stopped():
                        break
                    if line.id in {waiting.id for waiting in _waiting_sms(office)}:
                        accepted = _send_one(office, connection, line, references)
                        sent, refused = sent + accepted, refused + (not accepted)
                _record_deliveries(office, connection, references)
    except ModemUnavailable as error:
        failure = error.reason
    return SendRound(sent, refused, len(_waiting_sms(office)), failure, stopped())


def _waiting_sms(office: Desk) -> tuple[SmsLine, ...]:
    """Return the waiting messages.

    They are read again before each message, because one may be dropped while others are sent.
    """
    lines: tuple[SmsLine, ...] = office.read(list_sms, ListSms(waiting=True)).lines
    return lines


def _send_one(office: Desk, modem: Modem, line: SmsLine, references: dict[int, int]) -> bool:
    """Send and record one message; return whether it was accepted.

    `references` gets the message by its reference in delivery reports.

    Raises ModemUnavailable, also recorded.
    """
    try:
        reference = modem.send(line.phone, line.plain)
    except MessageRejected as error:
        office.write(record_send_result, RecordSendResult(line.id, str(error), refused=True))
        return False
    except ModemUnavailable as error:
        reason = "unsure" if error.outcome_unknown else error.reason
        office.write(record_send_result, RecordSendResult(line.id, reason))
        raise
    office.write(record_send_result, RecordSendResult(line.id))
    if reference is not None:
        references[reference] = line.id
    return True


def _record_deliveries(office: Desk, modem: Modem, references: Mapping[int, int]) -> None:
    """Record the messages that the network reported as arrived."""
    ids = tuple(references[reference] for reference in sorted(modem.delivered & references.keys()))
    if ids:
        office.write(record_deliveries, RecordDeliveries(ids))
