"""How long somebody waits after wrong passwords, and what a password or PIN must be.

The wait is paid off in the machine's running time, which nobody can turn: a wall clock set forward shortens nothing,
one set wrong locks nobody out. After the machine was started anew, what it has run since then counts: never more than
really passed."""

import re
from dataclasses import dataclass, replace

from app.models.errors import Refusal

FREE_ATTEMPTS = 2
"""Wrong tries in a row that cost nothing: fingers slip."""
FIRST_WAIT_S, MAX_WAIT_S = 15, 900
"""Seconds: the wait after the third wrong try, doubled by each further one, up to a quarter of an hour. A PIN of six
digits then takes some 28 years to try out."""
MIN_PIN_LENGTH, MIN_PASSWORD_LENGTH, MAX_SECRET_LENGTH = 6, 8, 128
_DIGITS = "01234567890"


@dataclass(frozen=True)
class FailedAttempts:
    """Wrong tries in a row, the seconds still owed for them, and the machine's running second in which so much was
    owed."""

    failed: int = 0
    remaining_wait: int = 0
    measured_at: int = 0


def after_wait(tries: FailedAttempts, uptime: int) -> FailedAttempts:
    """What is still owed in a second of the machine's running time."""
    passed = uptime - tries.measured_at if uptime >= tries.measured_at else uptime
    return replace(tries, remaining_wait=max(0, tries.remaining_wait - passed), measured_at=uptime)


def after_failure(tries: FailedAttempts, uptime: int) -> FailedAttempts:
    """One more wrong try."""
    failed = tries.failed + 1
    return FailedAttempts(failed, wait_seconds(failed), uptime)


def wait_seconds(failed: int) -> int:
    """Seconds to wait after so many wrong tries in a row."""
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
