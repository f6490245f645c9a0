"""Waiting time after failed sign-ins, and rules for secrets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import Refusal
from app.models.signin import (
    FIRST_WAIT_S,
    FREE_ATTEMPTS,
    MAX_WAIT_S,
    FailedAttempts,
    after_failure,
    after_wait,
    check_strength,
    wait_seconds,
)


def attempts_after(failed: int, uptime: int = 5000) -> FailedAttempts:
    tries = FailedAttempts()
    for _ in range(failed):
        tries = after_failure(tries, uptime)
    return tries


def test_wait_doubles_after_two_free_attempts() -> None:
    waits = [wait_seconds(failed) for failed in range(40)]
    assert waits[: FREE_ATTEMPTS + 1] == [0] * (FREE_ATTEMPTS + 1)
    assert waits[FREE_ATTEMPTS + 1 : FREE_ATTEMPTS + 4] == [FIRST_WAIT_S, 2 * FIRST_WAIT_S, 4 * FIRST_WAIT_S]
    assert waits == sorted(waits) and waits[-1] == MAX_WAIT_S


def test_wait_decreases_by_elapsed_uptime() -> None:
    tries = attempts_after(5)
    assert after_wait(tries, 5020).remaining_wait == tries.remaining_wait - 20
    assert after_wait(tries, 5000 + tries.remaining_wait).remaining_wait == 0
    assert after_wait(tries, 5000 + tries.remaining_wait - 1).remaining_wait == 1


def test_repeated_wait_checks_change_nothing() -> None:
    tries = attempts_after(6)
    end = 5000 + tries.remaining_wait
    for uptime in range(5001, end):
        tries = after_wait(tries, uptime)
        assert tries.remaining_wait > 0
    assert after_wait(tries, end).remaining_wait == 0


@given(st.lists(st.tuples(st.integers(0, 5000), st.booleans()), max_size=8))
def test_restarts_neither_shorten_nor_extend_the_wait(steps: list[tuple[int, bool]]) -> None:
    """Each step is a number of seconds of uptime, optionally after a restart."""
    tries, uptime, passed = attempts_after(9), 5000, 0
    initial_wait = tries.remaining_wait
    for seconds, restarted in steps:
        uptime = seconds if restarted else uptime + seconds
        passed += seconds
        tries = after_wait(tries, uptime)
        assert tries.remaining_wait >= max(0, initial_wait - passed)
    assert after_wait(tries, uptime + MAX_WAIT_S).remaining_wait == 0


def test_failures_accumulate_after_the_wait() -> None:
    waited = after_wait(attempts_after(4), 5000 + MAX_WAIT_S)
    assert (waited.failed, waited.remaining_wait) == (4, 0)
    assert after_failure(waited, waited.measured_at).remaining_wait == wait_seconds(5)


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        ("", "secret_unset"),
        ("12345", "secret_short"),
        ("1234567", "secret_plain"),
        ("987654", "secret_plain"),
        ("000000", "secret_plain"),
        ("abcdefg", "secret_short"),
        ("aaaaaaaaa", "secret_plain"),
        ("trần thị bình", "secret_plain"),
        ("x" * 129, "secret_long"),
    ],
)
def test_weak_secrets_are_refused(secret: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_strength(secret, "Trần Thị Bình")
    assert refused.value.code == code


@pytest.mark.parametrize("secret", ["480217", "đồng lúa", "Mat-khau-9", "0" * 5 + "1", "một câu dài có dấu cách"])
def test_six_digits_or_eight_characters_are_accepted(secret: str) -> None:
    check_strength(secret, "Trần Thị Bình")
