"""Send what waits before the program ends."""

from contextlib import suppress

from app.models.errors import Fault, Refusal
from app.office.session import OfficeSession
from app.usecases.sync.plan import GetSendingPlan, get_sending_plan

_LONGEST_S = 20.0


def send_before_closing(office: OfficeSession) -> None:
    """Send for at most twenty seconds if something waits.

    The window is closed already. A trouble is on record, and the next start tries again, so that it is not shown.
    """
    end = office.uptime() + _LONGEST_S
    if office.read(get_sending_plan, GetSendingPlan(office.now())).due_at is None:
        return
    from app.office.exchange.sync_send import push

    with suppress(Refusal, Fault):
        push(office, stopped=lambda: office.uptime() > end)
