"""The desk's numbers of a day: the next code and key, and the number no desk has passed by a minute of the clock."""

from datetime import date, datetime, time, timedelta

from app.models.codes import comparable, dossier_code, dossier_key, pattern_on
from app.models.instants import OFFICE_TIME, local
from app.services.context import Context
from app.storage import dossiers, office_settings
from app.storage.uow import Writing

DAYS_AHEAD = 7
"""For how many days to come numbers may be given beforehand."""
_BOUND_AT_MIDNIGHT, _NUMBERS_PER_MINUTE = 1000, 6
_BOUND_WEEK_AHEAD = 100


def serial_counter(desk: int, day: date) -> str:
    """The counter of a desk's day."""
    return f"serial:{desk:02d}:{day:%y%m%d}"


def next_code(context: Context, day: date, work: Writing) -> tuple[str, str]:
    """The next code and key of this desk's day; one that the portal has given already is gone round.

    Raises Refusal `serial_exhausted`.
    """
    office = context.office
    while True:
        n = office_settings.next_number(work, serial_counter(office.workstation, day))
        code = dossier_code(office.agency_code, day, office.workstation, n, pattern_on((), day))
        key = dossier_key(office.agency_code, office.workstation, day, n)
        if not (dossiers.is_alias(work, comparable(code)) or dossiers.is_alias(work, key)):
            return code, key


def issued_number_bound(now: datetime, day: date) -> int:
    """A number beyond which no desk has given any of that day's by now, so that a restored desk goes on from here:
    beyond a thousand at the day's first minute and six further each minute, which is quicker than anybody takes
    dossiers in; up to a thousand in the week before, when only blank receipts are numbered."""
    dawn = datetime.combine(day, time(), OFFICE_TIME)
    minutes = int((local(now) - dawn).total_seconds() // 60)
    if minutes >= 0:
        return _BOUND_AT_MIDNIGHT + _NUMBERS_PER_MINUTE * min(minutes, 24 * 60)
    ahead = timedelta(days=DAYS_AHEAD) // timedelta(minutes=1)
    return _BOUND_WEEK_AHEAD + (_BOUND_AT_MIDNIGHT - _BOUND_WEEK_AHEAD) * max(0, ahead + minutes) // ahead
