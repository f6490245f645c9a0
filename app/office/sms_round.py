"""A round of the modem: what waits is sent, oldest first, each put on record before the next. Nothing is open in the
database while the network takes its time; the terminal and the window send alike."""

from collections.abc import Callable
from dataclasses import dataclass

from app.office.session import Desk
from app.phone.modem import MessageRejected, Modem, ModemUnavailable
from app.services.sms_lines import SmsLine
from app.usecases.sms.outbox import ListSms, RecordSendResult, list_sms, record_send_result

__all__ = ["Modem", "SendRound", "send_waiting_sms"]


@dataclass(frozen=True)
class SendRound:
    """How a round ended: notices that the network took and did not take, how many wait still, why the modem could not
    go on (empty where it could), and whether somebody stopped it."""

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
    """Send what waits. `on_progress` hears how far it is, `stopped` is asked before each notice: the one under way
    always
    ends, since nobody can call it back. A modem that goes away ends the round."""
    lines = _waiting_sms(office)
    sent = refused = 0
    failure = ""
    try:
        if lines and not stopped():
            with modem() as line:
                for place, notice in enumerate(lines):
                    on_progress(place, len(lines))
                    if stopped():
                        break
                    if notice.id in {each.id for each in _waiting_sms(office)}:
                        took = _send_one(office, line, notice)
                        sent, refused = sent + took, refused + (not took)
    except ModemUnavailable as gone:
        failure = gone.reason
    return SendRound(sent, refused, len(_waiting_sms(office)), failure, stopped())


def _waiting_sms(office: Desk) -> tuple[SmsLine, ...]:
    """Asked anew before each: one may be dropped while others go, since whoever it was for wants none, or it is no
    longer so."""
    found: tuple[SmsLine, ...] = office.read(list_sms, ListSms(waiting=True)).lines
    return found


def _send_one(office: Desk, modem: Modem, line: SmsLine) -> bool:
    """Whether the network took it; either way it is on record before the next.

    Raises ModemGone once that is on record too.
    """
    try:
        modem.send(line.phone, line.plain)
    except MessageRejected as error:
        office.write(record_send_result, RecordSendResult(line.id, str(error), refused=True))
        return False
    except ModemUnavailable as gone:
        office.write(record_send_result, RecordSendResult(line.id, "unsure" if gone.outcome_unknown else gone.reason))
        raise
    office.write(record_send_result, RecordSendResult(line.id))
    return True
