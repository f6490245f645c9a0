"""Progress of sending: last try, its trouble, and the next try.

Tries are repeated without end. The pause is a random part of 30 seconds, doubled for each failed try up to one hour.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from app.models.instants import from_epoch, local_day

SENDER = "sync_sender"
"""The setting with the progress."""
_FIRST_PAUSE, _LONGEST_PAUSE, _DOUBLINGS = 30, 3600, 7
LONGEST_PAUSE = timedelta(seconds=2 * _LONGEST_PAUSE)
"""Longest pause with the receiver's own wish. A later next try comes from a wrong clock."""
_SPREAD = 600
"""Seconds over which the first tries of a day are spread."""
_AMBER, _RED = timedelta(days=3), timedelta(days=7)


class Remedy(StrEnum):
    """What happens after a trouble.

    `wait`: the line or the receiver is away, and nothing is wrong. `hourly`: something must be put right elsewhere, and
    the sender keeps trying. `person`: nothing is sent until a person starts it.
    """

    WAIT = "wait"
    HOURLY = "hourly"
    PERSON = "person"


_WAITING_CODES = frozenset(("no_network", "no_answer", "receiver_busy"))
_STOPPING_CODES = frozenset(("bundle_fork", "receiver_ahead", "bundle_dropped"))


def remedy_of(code: str) -> Remedy:
    """Return what happens after a trouble."""
    if code in _WAITING_CODES:
        return Remedy.WAIT
    return Remedy.PERSON if code in _STOPPING_CODES else Remedy.HOURLY


class Urgency(StrEnum):
    """How long nothing has reached the receiver: three days, seven days."""

    NONE = "none"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Progress:
    """Progress of sending.

    `trouble` is the code of the last try, empty after a success; `values` fill its sentence. `failures` counts the
    failed tries since then. `waiting_since` is the start of the present silence: the first try without an answer.
    """

    last_try_at: datetime | None = None
    next_try_at: datetime | None = None
    trouble: str = ""
    values: Mapping[str, Any] | None = None
    failures: int = 0
    waiting_since: datetime | None = None

    @property
    def stopped(self) -> bool:
        """True until a person starts sending again."""
        return remedy_of(self.trouble) == Remedy.PERSON if self.trouble else False

    def urgency(self, now: datetime) -> Urgency:
        """Return how urgent the silence is."""
        silence = timedelta(0) if self.waiting_since is None else now - self.waiting_since
        return Urgency.RED if silence >= _RED else Urgency.AMBER if silence >= _AMBER else Urgency.NONE


def after_trouble(
    progress: Progress, code: str, values: Mapping[str, Any], now: datetime, chance: float, pause: int | None
) -> Progress:
    """Return the progress after a failed try.

    `chance` between 0 and 1 selects the random part. `pause` is the receiver's own wish in seconds (Retry-After).
    """
    failures = progress.failures + 1
    return Progress(
        last_try_at=now,
        next_try_at=_next_try(code, failures, now, chance, pause),
        trouble=code,
        values=dict(values),
        failures=failures,
        waiting_since=min(progress.waiting_since or now, now),
    )


def after_success(progress: Progress, now: datetime) -> Progress:
    """Return the progress after a file was answered."""
    return Progress(last_try_at=now)


def _next_try(code: str, failures: int, now: datetime, chance: float, pause: int | None) -> datetime | None:
    remedy = remedy_of(code)
    if remedy == Remedy.PERSON:
        return None
    if remedy == Remedy.HOURLY:
        return now + timedelta(seconds=_LONGEST_PAUSE)
    longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(failures - 1, _DOUBLINGS))
    return now + timedelta(seconds=round(longest * chance) + min(pause or 0, _LONGEST_PAUSE))


def first_try_delay(public_key: str, last_try_at: datetime | None, now: datetime) -> timedelta:
    """Return the delay of the first try of a day, from the key; else zero.

    Thousands of offices open at the same hour.
    """
    if last_try_at is not None and local_day(last_try_at) == local_day(now):
        return timedelta(0)
    return timedelta(seconds=int.from_bytes(sha256(public_key.encode()).digest()[:4], "big") % _SPREAD)


def progress_to_json(progress: Progress) -> dict[str, Any]:
    """Return the progress as the setting stores it."""
    values = asdict(progress)
    return {name: int(value.timestamp()) if isinstance(value, datetime) else value for name, value in values.items()}


def progress_from_json(stored: Mapping[str, Any] | None) -> Progress:
    """Return the stored progress."""
    values = dict(stored or {})
    for name in ("last_try_at", "next_try_at", "waiting_since"):
        values[name] = None if values.get(name) is None else from_epoch(values[name])
    return Progress(**values)
