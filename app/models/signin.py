"""How long somebody waits after wrong passwords, and what a password or PIN must be.

The wait is paid off in the machine's running time, which nobody can turn: a wall clock set forward shortens nothing,
one set wrong locks nobody out. After the machine was started anew, what it has run since then counts: never more than
really passed."""

import re
from dataclasses import dataclass, replace

from app.models.errors import Refusal

FREE_TRIES = 2
"""Wrong tries in a row that cost nothing: fingers slip."""
FIRST_WAIT, LONGEST_WAIT = 15, 900
"""Seconds: the wait after the third wrong try, doubled by each further one, up to a quarter of an hour. A PIN of six
digits then takes some 28 years to try out."""
SHORTEST_PIN, SHORTEST_PASSWORD, LONGEST = 6, 8, 128
_DIGITS = "01234567890"


@dataclass(frozen=True)
class Tries:
    """Wrong tries in a row, the seconds still owed for them, and the machine's running second in which so much was
    owed."""

    failed: int = 0
    owed: int = 0
    at: int = 0


def waited(tries: Tries, uptime: int) -> Tries:
    """What is still owed in a second of the machine's running time."""
    passed = uptime - tries.at if uptime >= tries.at else uptime
    return replace(tries, owed=max(0, tries.owed - passed), at=uptime)


def failed_again(tries: Tries, uptime: int) -> Tries:
    """One more wrong try."""
    failed = tries.failed + 1
    return Tries(failed, wait_after(failed), uptime)


def wait_after(failed: int) -> int:
    """Seconds to wait after so many wrong tries in a row."""
    over = failed - FREE_TRIES
    return 0 if over <= 0 else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(over - 1, 10))


def refuse_weak(secret: str, name: str) -> None:
    """Check a new password (8 characters or more) or PIN (6 digits or more).

    Raises Refusal `secret_unset`, `secret_short`, `secret_long`, `secret_plain`.
    """
    if not secret:
        raise Refusal("secret_unset", "secret", name=name)
    is_pin = re.fullmatch(r"[0-9]+", secret) is not None
    if len(secret) < (SHORTEST_PIN if is_pin else SHORTEST_PASSWORD):
        raise Refusal("secret_short", "secret", pin=SHORTEST_PIN, password=SHORTEST_PASSWORD)
    if len(secret) > LONGEST:
        raise Refusal("secret_long", "secret", most=LONGEST)
    if len(set(secret)) == 1 or _runs(secret) or secret.casefold() == name.casefold():
        raise Refusal("secret_plain", "secret")


def _runs(secret: str) -> bool:
    return secret in _DIGITS or secret in _DIGITS[::-1]
