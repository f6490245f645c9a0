"""Dossier numbers of a desk and day."""

import re
from datetime import date, datetime, time, timedelta

from app.models.codes import DEFAULT_PATTERN, comparable, dossier_code, dossier_key
from app.models.instants import OFFICE_TIME, local
from app.models.procedures import Procedure
from app.services.context import Context
from app.services.law.rules import code_pattern_on
from app.storage import dossiers, office_settings
from app.storage.uow import Writing

NO_HOST = "00"
"""Digits of the hosting agency in the code of a procedure that no agency hosts."""
DAYS_AHEAD = 7
"""Days in advance for which numbers may be issued."""
_BOUND_AT_MIDNIGHT, _NUMBERS_PER_MINUTE = 1000, 6
_BOUND_WEEK_AHEAD = 100


def serial_counter(desk: int, day: date) -> str:
    """Return the name of the counter of a desk and day."""
    return f"serial:{desk:02d}:{day:%y%m%d}"


def host_of(procedure: Procedure) -> str:
    """Return the two digits of the agency that hosts a procedure's system."""
    match = re.match(r"([0-9]{2}):", procedure.route or "")
    return match[1] if match else NO_HOST


def next_code(context: Context, day: date, work: Writing, host: str = NO_HOST) -> tuple[str, str]:
    """Issue the next code and key of this desk and day.

    The pattern is the one in force on the day. Skips codes and keys that the portal has already issued, and codes that
    are spelled like one of an earlier pattern. `host` are the two digits of the agency that hosts a centralised
    procedure.

    Raises Refusal `serial_exhausted`.
    """
    office, pattern = context.office, code_pattern_on(work, day)
    while True:
        n = office_settings.next_number(work, serial_counter(office.workstation, day))
        code = dossier_code(office.agency_code, day, office.workstation, n, pattern, host)
        key = dossier_key(office.agency_code, office.workstation, day, n)
        spelling = comparable(code)
        known = pattern is not DEFAULT_PATTERN and bool(dossiers.codes_among(work, [spelling]))
        if not (known or dossiers.aliases_among(work, (spelling, key))):
            return code, key


def issued_number_bound(now: datetime, day: date) -> int:
    """Return a number of the day that no desk has reached yet.

    A restored desk continues from it. The bound is 1,000 at midnight and grows by 6 a minute, because intake is slower.
    In the week before the day it grows from 100 to 1,000, because only pre-printed receipts are numbered in advance.
    """
    midnight = datetime.combine(day, time(), OFFICE_TIME)
    minutes = int((local(now) - midnight).total_seconds() // 60)
    if minutes >= 0:
        return _BOUND_AT_MIDNIGHT + _NUMBERS_PER_MINUTE * min(minutes, 24 * 60)
    ahead = timedelta(days=DAYS_AHEAD) // timedelta(minutes=1)
    return _BOUND_WEEK_AHEAD + (_BOUND_AT_MIDNIGHT - _BOUND_WEEK_AHEAD) * max(0, ahead + minutes) // ahead
