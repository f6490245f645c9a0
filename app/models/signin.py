"""Waiting time after failed sign-ins, and rules for secrets.

The wait is measured in uptime, which users cannot change: a wall clock set forward shortens nothing and a wrong one
locks no user out. After a restart of the machine the whole new uptime counts, which is never more than the time that
passed.
"""

import re
from typing import NamedTuple

from app.models.errors import Refusal

FREE_ATTEMPTS = 2
"""Failed attempts in a row without a wait, because typing errors happen."""
FIRST_WAIT_S, MAX_WAIT_S = 15, 900
"""Seconds to wait after the third failed attempt, doubled by each further one up to the maximum.

Trying out a PIN of six digits then takes about 28 years.
"""
MIN_PIN_LENGTH, MIN_PASSWORD_LENGTH, MAX_SECRET_LENGTH = 6, 8, 128
_DIGITS = "01234567890"


class FailedAttempts(NamedTuple):
    """Failed attempts in a row, and the remaining wait.

    `remaining_wait` is in seconds, measured at the uptime second `measured_at`.
    """

    failed: int = 0
    remaining_wait: int = 0
    measured_at: int = 0


def after_wait(tries: FailedAttempts, uptime: int) -> FailedAttempts:
    """Return the attempts with the wait that remains at an uptime second."""
    passed = uptime - tries.measured_at if uptime >= tries.measured_at else uptime
    return tries._replace(remaining_wait=max(0, tries.remaining_wait - passed), measured_at=uptime)


def after_failure(tries: FailedAttempts, uptime: int) -> FailedAttempts:
    """Return the attempts after one more failure."""
    failed = tries.failed + 1
    return FailedAttempts(failed, wait_seconds(failed), uptime)


def wait_seconds(failed: int) -> int:
    """Return the wait in seconds after `failed` failures in a row."""
    over = failed - FREE_ATTEMPTS
    return 0 if over <= 0 else min(MAX_WAIT_S, FIRST_WAIT_S * 2 ** min(over - 1, 10))


def check_strength(secret: str, name: str) -> None:
    """Check a new password (8 characters or more) or PIN (6 digits or more).

    Raises Refusal `secret_unset`, `secret_short`, `secret_long`, `secret_plain`.
    """
    if not secret:
        raise Refusal("secret_unset", "secret", name=name)
    is_pin = re.fullmatch(r"[0-9]+", secret) is not None
    if len(secret) < (MIN_PIN_LENGTH if is_pin else MIN_PASSWORD_LENGTH):
        raise Refusal("secret_short", "secret", pin=MIN_PIN_LENGTH, password=MIN_PASSWORD_LENGTH)
    if len(secret) > MAX_SECRET_LENGTH:
        raise Refusal("secret_long", "secret", most=MAX_SECRET_LENGTH)
    if len(set(secret)) == 1 or _is_digit_sequence(secret) or secret.casefold() == name.casefold():
        raise Refusal("secret_plain", "secret")


def _is_digit_sequence(secret: str) -> bool:
    return secret in _DIGITS or secret in _DIGITS[::-1]
