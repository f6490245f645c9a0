"""A round of the modem: what waits is sent, oldest first, each put on record before the next. Nothing is open in the
database while the network takes its time; the terminal and the window send alike."""

from collections.abc import Callable
from dataclasses import dataclass

from app.office.session import Desk
from app.phone.modem import Modem, ModemGone, NotSent
from app.services.sms_lines import NoticeLine
from app.usecases.sms.outbox import ListNotices, Tried, keep_outcome, list_notices

__all__ = ["Modem", "Round", "send_waiting"]


@dataclass(frozen=True)
class Round:
    """How a round ended: notices that the network took and did not take, how many wait still, why the modem could not
    go on (empty where it could), and whether somebody stopped it."""

    sent: int
    refused: int
    left: int
    failure: str = ""
    stopped: bool = False


def send_waiting(
    office: Desk,
    modem: Callable[[], Modem],
    told: Callable[[int, int], None] = lambda _done, _all: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Round:
    """Send what waits. `told` hears how far it is, `stopped` is asked before each notice: the one under way always
    ends, since nobody can call it back. A modem that goes away ends the round."""
    lines = _waiting(office)
    sent = refused = 0
    failure = ""
    try:
        if lines and not stopped():
            with modem() as line:
                for place, notice in enumerate(lines):
                    told(place, len(lines))
                    if stopped():
                        break
                    if notice.id in {each.id for each in _waiting(office)}:
                        took = _one(office, line, notice)
                        sent, refused = sent + took, refused + (not took)
    except ModemGone as gone:
        failure = gone.reason
    return Round(sent, refused, len(_waiting(office)), failure, stopped())


def _waiting(office: Desk) -> tuple[NoticeLine, ...]:
    """Asked anew before each: one may be dropped while others go, since whoever it was for wants none, or it is no
    longer so."""
    found: tuple[NoticeLine, ...] = office.read(list_notices, ListNotices(waiting=True)).lines
    return found


def _one(office: Desk, modem: Modem, line: NoticeLine) -> bool:
    """Whether the network took it; either way it is on record before the next.

    Raises ModemGone once that is on record too.
    """
    try:
        modem.send(line.phone, line.plain)
    except NotSent as error:
        office.write(keep_outcome, Tried(line.id, str(error), refused=True))
        return False
    except ModemGone as gone:
        office.write(keep_outcome, Tried(line.id, "unsure" if gone.unsure else gone.reason))
        raise
    office.write(keep_outcome, Tried(line.id))
    return True
