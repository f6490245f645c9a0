"""State machine: every action in every status (docs/states.md)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import Action, Status, Verdict
from app.models.errors import Refusal
from app.models.instants import office_instant
from app.models.lifecycle import (
    COUNTER,
    State,
    allowed_actions,
    apply,
    is_late,
    national_status,
    replay,
    verdict,
)
from app.models.transitions import TransitionRequest, decide

A, S = Action, Status
RECEIVED_AT = office_instant("2026-02-09T08:00")
DUE = office_instant("2026-02-20T17:00")
NOW = office_instant("2026-02-09T10:00")
TABLE: dict[Status, str] = {
    S.RECEIVED: ("send ask-supplement ask-payment refuse stop withdraw apologise finish amend pay refund void undo"),
    S.PROCESSING: (
        "send receive take-back ask-supplement ask-payment refuse stop apologise finish amend pay refund undo"
    ),
    S.SUPPLEMENT_ASKED: "supplement stop withdraw close amend refund undo",
    S.PAYMENT_DUE: "pay stop withdraw amend refund undo",
    S.FINISHED: "return take-back amend pay refund undo",
    S.RETURNED: "amend refund undo",
    S.REFUSED: "return refund undo",
    S.STOPPED: "return refund undo",
    S.WITHDRAWN: "return refund undo",
    S.CLOSED: "return refund undo",
    S.VOID: "",
}
IN_PROGRESS = (S.RECEIVED, S.PROCESSING, S.SUPPLEMENT_ASKED, S.PAYMENT_DUE)
NATIONAL = {
    S.RECEIVED: 2,
    S.PROCESSING: 4,
    S.SUPPLEMENT_ASKED: 5,
    S.PAYMENT_DUE: 6,
    S.FINISHED: 9,
    S.RETURNED: 10,
    S.REFUSED: 9,
    S.STOPPED: 8,
    S.WITHDRAWN: 7,
    S.CLOSED: 8,
    S.VOID: None,
}
RESULT = {
    A.SEND: S.PROCESSING,
    A.RECEIVE: S.PROCESSING,
    A.TAKE_BACK: S.PROCESSING,
    A.ASK_SUPPLEMENT: S.SUPPLEMENT_ASKED,
    A.SUPPLEMENT: S.PROCESSING,
    A.ASK_PAYMENT: S.PAYMENT_DUE,
    A.UNDO: S.RECEIVED,
    A.REFUSE: S.REFUSED,
    A.STOP: S.STOPPED,
    A.WITHDRAW: S.WITHDRAWN,
    A.CLOSE: S.CLOSED,
    A.FINISH: S.FINISHED,
    A.RETURN: S.RETURNED,
    A.VOID: S.VOID,
}
"""Status after an action. Other actions keep the status; paying an outstanding fee resumes the work."""


def state(status: Status = S.RECEIVED, **changes: Any) -> State:
    """Return a typical dossier of a status, sent to an officer if in process."""
    defaults: dict[str, Any] = {"due_at": DUE, "original_due_at": DUE, "paid": 5000}
    if status == S.PROCESSING:
        defaults |= {"holder": "Tư pháp", "previous_holder": "Địa chính", "leg_open": True}
    if status in (S.SUPPLEMENT_ASKED, S.PAYMENT_DUE):
        defaults |= {"previous_holder": "Tư pháp", "paused_at": NOW}
    if status in (S.FINISHED, S.RETURNED):
        defaults |= {"previous_holder": "Tư pháp", "closed_at": NOW, "outcome": S.FINISHED}
    if status in (S.REFUSED, S.STOPPED, S.WITHDRAWN, S.CLOSED, S.VOID):
        defaults |= {"closed_at": NOW, "outcome": status}
    return State(status, RECEIVED_AT, **{**defaults, **changes})


def request(action: Action, at: datetime = NOW, **changes: Any) -> TransitionRequest:
    """Return a request with every field that its action may require."""
    due = DUE + timedelta(days=7) if action in (A.APOLOGISE, A.SUPPLEMENT) else None
    defaults: dict[str, Any] = {"note": "Lý do", "to": "Tư pháp", "received_by": "Đào Thị Ẫm", "amount": 1000}
    defaults |= {"due_at": due, "original_due_at": due, "changes": {"amended": {}}, "restored": state(paid=0)}
    return TransitionRequest(action, at, **{**defaults, **changes})


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
def test_every_action_in_every_status(status: Status, action: Action) -> None:
    before = state(status)
    if action.value in TABLE[status].split():
        transitions = decide(before, request(action))
        now = replay(before, transitions)
        expected = S.PROCESSING if (status, action) == (S.PAYMENT_DUE, A.PAY) else RESULT.get(action, status)
        assert (now.status, transitions[-1].action) == (expected, action)
        assert transitions[-1].status == now.status and transitions[-1].holder_to == now.holder
    else:
        with pytest.raises(Refusal) as refused:
            decide(before, request(action))
        assert (refused.value.code, refused.value.field) == ("act_not_allowed", "action")
        assert refused.value.values == {"action": action.value, "status": status.value}


@pytest.mark.parametrize("status", Status)
def test_allowed_actions_match_the_table(status: Status) -> None:
    assert {action.value for action in allowed_actions(state(status))} == set(TABLE[status].split())
    assert national_status(status, None) == NATIONAL[status]


def test_impossible_actions_are_not_allowed() -> None:
    received = state(S.PROCESSING, leg_open=False)
    assert not {A.RECEIVE, A.TAKE_BACK} & set(allowed_actions(received))
    assert A.APOLOGISE not in allowed_actions(state(apologised=True))
    assert A.APOLOGISE not in allowed_actions(state(due_at=None, original_due_at=None))


@pytest.mark.parametrize(
    ("status", "action", "fields", "code", "field"),
    [
        (S.RECEIVED, A.SEND, {"to": None}, "holder_missing", "to"),
        (S.RECEIVED, A.SEND, {"to": ""}, "holder_missing", "to"),
        (S.RECEIVED, A.ASK_SUPPLEMENT, {"note": None}, "note_missing", "note"),
        (S.RECEIVED, A.REFUSE, {"note": None}, "note_missing", "note"),
        (S.RECEIVED, A.REFUSE, {"note": "k"}, "reason_short", "note"),
        (S.RECEIVED, A.STOP, {"note": "…"}, "reason_short", "note"),
        (S.RECEIVED, A.APOLOGISE, {"note": " x. "}, "reason_short", "note"),
        (S.RECEIVED, A.VOID, {"note": None}, "note_missing", "note"),
        (S.RECEIVED, A.VOID, {"at": office_instant("2026-02-10T00:00")}, "void_same_day", "action"),
        (S.RECEIVED, A.APOLOGISE, {"due_at": None}, "until_missing", "until"),
        (S.RECEIVED, A.APOLOGISE, {"due_at": DUE}, "until_not_later", "until"),
        (S.RECEIVED, A.APOLOGISE, {"at": DUE + timedelta(days=8)}, "until_past", "until"),
        (S.FINISHED, A.RETURN, {"received_by": None}, "receiver_missing", "received_by"),
        (S.RECEIVED, A.ASK_PAYMENT, {"amount": 0}, "amount_missing", "amount"),
        (S.RECEIVED, A.ASK_PAYMENT, {"note": None}, "note_missing", "note"),
        (S.RECEIVED, A.ASK_PAYMENT, {"payment_until": date(2026, 2, 8)}, "until_past", "until"),
        (S.RECEIVED, A.REFUND, {"note": None}, "note_missing", "note"),
        (S.RECEIVED, A.REFUND, {"amount": 5001}, "refund_too_much", "amount"),
        (S.RECEIVED, A.UNDO, {"note": None}, "note_missing", "note"),
        (S.RECEIVED, A.AMEND, {"changes": {}}, "nothing_to_amend", "set"),
        (S.RETURNED, A.AMEND, {"note": None}, "note_missing", "note"),
        (S.RECEIVED, A.PAY, {"amount": None}, "amount_missing", "amount"),
        (S.RECEIVED, A.PAY, {"amount": 0}, "amount_missing", "amount"),
        (S.RECEIVED, A.PAY, {"amount": -5}, "amount_missing", "amount"),
        (S.RECEIVED, A.PAY, {"amount": 10**13}, "out_of_range", "amount"),
        (S.RECEIVED, A.SEND, {"at": RECEIVED_AT - timedelta(seconds=1)}, "act_before_intake", "action"),
        (S.SUPPLEMENT_ASKED, A.CLOSE, {"supplement_until": date(2026, 2, 9)}, "close_too_early", "action"),
    ],
)
def test_actions_require_their_fields(
    status: Status, action: Action, fields: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        decide(state(status), request(action, **fields))
    assert (refused.value.code, refused.value.field) == (code, field)


def test_states_with_their_own_refusals() -> None:
    for before, action, code in (
        (state(S.PROCESSING, leg_open=False), A.RECEIVE, "no_open_leg"),
        (state(S.PROCESSING, leg_open=False), A.TAKE_BACK, "nothing_to_take_back"),
        (state(apologised=True), A.APOLOGISE, "apology_once"),
        (state(due_at=None, original_due_at=None), A.APOLOGISE, "no_due_date"),
    ):
        with pytest.raises(Refusal) as refused:
            decide(before, request(action))
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("at", "late"), [("2026-02-19T23:59", False), ("2026-02-20T00:00", True), ("2026-02-25T08:00", True)]
)
def test_apology_from_the_due_day_on_is_marked_late(at: str, late: bool) -> None:
    (apology,) = decide(state(), request(A.APOLOGISE, at=office_instant(at)))
    assert (apology.verdict == Verdict.LATE, apology.details.get("late", False)) == (late, late)
    assert replay(state(), [apology]).original_due_at == DUE


def test_new_promise_after_a_supplement_allows_one_more_apology() -> None:
    waiting = state(S.SUPPLEMENT_ASKED, apologised=True)
    for new, apologised in ((True, False), (False, True)):
        after = replay(waiting, decide(waiting, request(A.SUPPLEMENT, new_promise=new)))
        assert after.apologised is apologised


def test_payment_resumes_the_status_before_the_request() -> None:
    for before in (state(), state(S.PROCESSING)):
        due = replay(before, decide(before, request(A.ASK_PAYMENT, amount=7000)))
        assert (due.status, due.fee, due.due_at, due.holder) == (S.PAYMENT_DUE, 12000, DUE, before.holder)
        paid = replay(due, decide(due, request(A.PAY, amount=7000, resumes=before.status)))
        assert (paid.status, paid.paid, paid.paused_at) == (before.status, 12000, None)
        assert (paid.holder, paid.leg_open) == (before.holder, before.leg_open)


@pytest.mark.parametrize("action", [A.SEND, A.FINISH, A.REFUSE])
def test_next_action_receives_the_open_leg(action: Action) -> None:
    before = state(S.PROCESSING)
    received, done = decide(before, request(action, to="Văn thư"))
    assert (received.action, received.verdict, received.note) == (A.RECEIVE, Verdict.EARLY, None)
    assert (received.holder_from, received.holder_to) == ("Địa chính", "Tư pháp")
    assert done.action == action and done.holder_from == "Tư pháp"


def test_receiving_a_leg_records_its_verdict() -> None:
    sent = replay(state(), decide(state(), request(A.SEND)))
    assert (sent.holder, sent.previous_holder, sent.leg_open) == ("Tư pháp", None, True)
    (received,) = decide(sent, request(A.RECEIVE, at=DUE.replace(hour=23), note="Đủ"))
    assert (received.verdict, received.note, received.holder_from) == (Verdict.ON_TIME, "Đủ", COUNTER)
    assert apply(sent, received).leg_open is False


def test_recalled_leg_returns_to_its_sender() -> None:
    sent = replay(state(), decide(state(), request(A.SEND)))
    recalled = replay(sent, decide(sent, request(A.TAKE_BACK)))
    assert (recalled.status, recalled.holder, recalled.leg_open) == (S.RECEIVED, COUNTER, False)
    on = state(S.PROCESSING)
    recalled = replay(on, decide(on, request(A.TAKE_BACK)))
    assert (recalled.status, recalled.holder) == (S.PROCESSING, "Địa chính")


def test_recall_never_restores_received_status() -> None:
    """A processed dossier can no longer be withdrawn or voided."""
    now = state()
    for each in (
        request(A.SEND),
        request(A.RECEIVE),
        request(A.SEND, to=COUNTER),
        request(A.RECEIVE),
        request(A.SEND, to="Địa chính"),
        request(A.TAKE_BACK),
    ):
        now = replay(now, decide(now, each))
    assert (now.status, now.holder) == (S.PROCESSING, COUNTER)
    for each in (request(A.ASK_SUPPLEMENT), request(A.SUPPLEMENT)):
        now = replay(now, decide(now, each))
    assert (now.status, now.holder) == (S.PROCESSING, COUNTER)


def test_take_back_returns_to_previous_holder() -> None:
    on = state(S.PROCESSING)
    finished = replay(on, decide(on, request(A.FINISH)))
    assert (finished.holder, finished.closed_at, finished.outcome) == (COUNTER, NOW, S.FINISHED)
    again = replay(finished, decide(finished, request(A.TAKE_BACK)))
    assert (again.status, again.holder, again.closed_at, again.outcome) == (S.PROCESSING, "Tư pháp", None, None)


def test_return_without_result_keeps_national_status() -> None:
    for status in (S.STOPPED, S.WITHDRAWN, S.CLOSED):
        before = state(status)
        returned = replay(before, decide(before, request(A.RETURN)))
        assert returned.status == S.RETURNED and returned.outcome == status
        assert national_status(returned.status, returned.outcome) == NATIONAL[status]
    assert national_status(S.RETURNED, S.FINISHED) == national_status(S.RETURNED, S.REFUSED) == 10


def test_apology_moves_only_the_due_date() -> None:
    now = replay(state(), decide(state(), request(A.APOLOGISE)))
    assert (now.due_at, now.original_due_at, now.apologised) == (DUE + timedelta(days=7), DUE, True)
    (*_, done) = decide(now, request(A.FINISH, at=DUE + timedelta(days=3)))
    assert done.verdict == Verdict.LATE


def test_supplement_sets_both_due_dates() -> None:
    new, original = DUE + timedelta(days=9), DUE + timedelta(days=4)
    waiting = state(S.SUPPLEMENT_ASKED)
    now = replay(waiting, decide(waiting, request(A.SUPPLEMENT, due_at=new, original_due_at=original)))
    assert (now.due_at, now.original_due_at, now.paused_at) == (new, original, None)


def test_payments_add_up_and_keep_the_last_receipt() -> None:
    now = state(paid=0)
    for payment in ({"amount": 1000, "receipt": "01"}, {"amount": 500, "receipt": None}):
        now = replay(now, decide(now, request(A.PAY, **payment)))
    assert (now.paid, now.fee_receipt, now.status) == (1500, "01", S.RECEIVED)


@pytest.mark.parametrize(
    ("ended", "due", "expected"),
    [
        ("2026-02-19T23:59", DUE, Verdict.EARLY),
        ("2026-02-20T00:00", DUE, Verdict.ON_TIME),
        ("2026-02-20T23:59", DUE, Verdict.ON_TIME),
        ("2026-02-21T00:00", DUE, Verdict.LATE),
        ("2026-02-20T17:30+00:00", DUE, Verdict.LATE),
        ("2036-02-20T08:00", None, Verdict.ON_TIME),
    ],
)
def test_verdict_compares_office_dates_only(ended: str, due: datetime | None, expected: Verdict) -> None:
    assert verdict(office_instant(ended), due) == expected


@pytest.mark.parametrize(
    ("changes", "late"),
    [
        ({}, True),
        ({"original_due_at": None}, False),
        ({"status": S.SUPPLEMENT_ASKED}, False),
        ({"status": S.PAYMENT_DUE}, False),
        ({"status": S.VOID, "outcome": S.VOID}, False),
        ({"status": S.WITHDRAWN, "outcome": S.WITHDRAWN, "closed_at": DUE + timedelta(days=5)}, False),
        ({"status": S.RETURNED, "outcome": S.REFUSED, "closed_at": DUE + timedelta(days=5)}, False),
        ({"status": S.FINISHED, "outcome": S.FINISHED, "closed_at": DUE}, False),
        ({"status": S.RETURNED, "outcome": S.FINISHED, "closed_at": DUE + timedelta(days=1)}, True),
    ],
)
def test_is_late_by_status_and_outcome(changes: dict[str, Any], late: bool) -> None:
    assert is_late(replace(state(), **changes), date(2026, 3, 1)) is late
    assert is_late(state(), date(2026, 2, 20)) is False


@given(st.lists(st.tuples(st.sampled_from(Action), st.integers(0, 60)), max_size=25))
def test_replay_rebuilds_the_state(actions: list[tuple[Action, int]]) -> None:
    """The state equals the replay and is consistent after any requests."""
    first, history, now = state(), [], state()
    for action, days in actions:
        try:
            transitions = decide(now, request(action, at=NOW + timedelta(days=days)))
        except Refusal:
            continue
        history += transitions
        now = replay(now, transitions)
        assert now == replay(first, history)
        assert (now.closed_at is None) == (now.outcome is None)
        assert not now.leg_open or now.status in (S.PROCESSING, S.PAYMENT_DUE)
        assert (now.paused_at is not None) == (now.status in (S.SUPPLEMENT_ASKED, S.PAYMENT_DUE))
        ended = now.outcome if now.status == S.RETURNED else now.status
        assert (now.outcome is not None) == (now.status not in IN_PROGRESS)
        assert now.outcome in (None, ended)
        assert now.original_due_at is not None and now.due_at is not None and now.original_due_at <= now.due_at
