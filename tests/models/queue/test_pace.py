"""The pace of the queue, from acts of desks."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import TicketAction
from app.models.queue.pace import DeskAct, Pace, pace_of_day

EIGHT = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)


def act(minute: float, action: str, number: int, desk: int = 1, taken: float = -30) -> DeskAct:
    return DeskAct(
        TicketAction(action), EIGHT + timedelta(minutes=minute), desk, number, EIGHT + timedelta(minutes=taken)
    )


def calls(*minutes: float, desk: int = 1, taken: float = -30, first: int = 1) -> list[DeskAct]:
    return [act(minute, "call", first + place, desk, taken) for place, minute in enumerate(minutes)]


def pace(acts: list[DeskAct], minute: float) -> Pace | None:
    return pace_of_day(acts, EIGHT + timedelta(minutes=minute))


def test_no_pace_before_three_handlings() -> None:
    assert pace([], 0) is None
    assert pace(calls(0, 5, 10), 11) is None
    assert pace(calls(0, 5, 10, 15), 16) == Pace(300, 1)


def test_pace_is_the_median_of_the_last_ten() -> None:
    long_before = calls(*(20 * place for place in range(10)))
    recent = calls(*(180 + 4 * place for place in range(1, 12)), first=20)
    assert pace([*long_before, *recent], 230) == Pace(240, 1)


def test_several_desks_share_the_queue() -> None:
    acts = [*calls(0, 6, 12, 18), *calls(1, 7, 13, 19, desk=2, first=10)]
    result = pace(acts, 20)
    assert result == Pace(360, 2)
    assert [result.minutes(before) for before in (0, 1, 2, 9)] == [3, 6, 9, 30]


def test_desk_that_went_away_is_not_counted() -> None:
    acts = [*calls(0, 6, 12, 18), *calls(20, 26, 32, 50, desk=2, first=10)]
    assert pace(acts, 52) == Pace(360, 1)


def test_pause_gives_no_minutes_and_is_no_handling() -> None:
    assert pace(calls(0, 5, 10, 15), 46) is None
    after_lunch = calls(0, 5, 10, 15, 120, 125)
    assert pace(after_lunch, 126) == Pace(300, 1)


def test_idle_desk_is_no_handling() -> None:
    """A number taken after the call before it may have result the desk idle."""
    acts = [*calls(0, 5, 10, 15), act(40, "call", 9, taken=39), act(44, "call", 10, taken=20)]
    result = pace(acts, 45)
    assert result is not None and result.seconds == 300


def test_hold_and_transfer_end_a_handling_and_no_show_is_none() -> None:
    acts = [
        *(act(0, "call", 1), act(3, "hold", 1), act(20, "call", 2, taken=19), act(23, "transfer", 2)),
        *(act(24, "call", 3), act(25, "no_show", 3), act(26, "call", 4), act(29, "hold", 4)),
    ]
    assert pace(acts, 30) == Pace(180, 1)


def test_call_again_does_not_end_a_handling() -> None:
    acts = [act(0, "call", 1), act(2, "recall", 1), *calls(6, 12, 18, first=2)]
    assert pace(acts, 19) == Pace(360, 1)


def test_skipped_numbers_do_not_count() -> None:
    acts = calls(0, 5, 5.1, 5.2, 10.2, 15.2)
    assert pace(acts, 16) == Pace(300, 1)


@given(st.lists(st.tuples(st.integers(0, 90), st.sampled_from(list(TicketAction)), st.integers(1, 3)), max_size=60))
def test_minutes_grow_with_the_numbers_before(steps: list[tuple[int, TicketAction, int]]) -> None:
    minute, acts = 0, []
    for number, (gap, action, desk) in enumerate(steps):
        minute += gap
        acts.append(act(minute, action, number, desk))
    result = pace(acts, minute)
    if result is not None:
        waits = [result.minutes(before) for before in range(30)]
        assert waits == sorted(waits) and waits[0] >= 1
        assert 20 <= result.seconds <= 1800
