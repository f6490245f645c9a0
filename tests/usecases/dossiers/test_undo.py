"""Undo of the last action: state, people, papers and figures as before."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.enums import Action, PaperForm, Status
from app.models.errors import Refusal
from app.services.dossier_detail import DossierDetail, ShowDossier
from app.usecases.accounts.access_log import open_dossier
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from tests.support.offices import MORNING, PERSON, Desk, at
from tests.usecases.dossiers.test_actions import ACTS, PATHS, bring_to, refused_without_a_trace

UNDOABLE = [
    (status, action)
    for status in PATHS
    for action in ACTS
    if action not in (Action.INTAKE, Action.VOID, Action.UNDO, Action.REFUND, Action.CLOSE)
]


def facts_of(detail: DossierDetail) -> dict[str, Any]:
    """Return all facts but the history and the prints."""
    return {name: value for name, value in vars(detail).items() if name not in ("steps", "prints", "undoable", "sms")}


@pytest.mark.parametrize("status", PATHS)
def test_undo_restores_every_fact(desk: Desk, status: Status) -> None:
    for action in (action for each, action in UNDOABLE if each == status):
        code = bring_to(desk, status)
        before = desk.show(code)
        values = {name: value for name, value in ACTS[action].items() if name != "receipt"}
        try:
            desk.act(code, action.value, **values)
        except Refusal:
            continue
        after = desk.act(code, "undo", MORNING + timedelta(minutes=10), note="Bấm nhầm")
        allowed = {"allowed": (), "warnings": (), "requested": (), "unsubmitted": ()}
        assert facts_of(replace(after, **allowed)) == facts_of(replace(before, **allowed)), action
        assert [step.undone for step in after.steps[len(before.steps) :]][:-1] == [True] * (
            len(after.steps) - len(before.steps) - 1
        )
        assert (after.steps[-1].action, after.steps[-1].note) == (Action.UNDO, "Bấm nhầm")
        assert desk.show(code).status == before.status
    assert desk.check().findings == ()


def test_undo_is_refused_when_it_must_be(desk: Desk) -> None:
    code = desk.take_in().code
    refused_without_a_trace(desk, code, "undo", "undo_first", note="Nhầm")
    desk.act(code, "send", to="Tư pháp")
    refused_without_a_trace(desk, code, "undo", "note_missing")
    refused_without_a_trace(
        desk, code, "undo", "undo_too_late", note="Nhầm", at=MORNING + timedelta(minutes=10, seconds=1)
    )
    desk.act(code, "undo", note="Nhầm")
    refused_without_a_trace(desk, code, "undo", "undo_twice", note="Nhầm")
    desk.act(code, "pay", amount=2000, receipt="05/0001234")
    refused_without_a_trace(desk, code, "undo", "undo_receipt_recorded", note="Nhầm")
    void = desk.take_in().code
    desk.act(void, "void", note="Nhầm")
    refused_without_a_trace(desk, void, "undo", "act_not_allowed", note="Nhầm")


def test_undo_includes_the_receipt_of_a_leg(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "send", to="Tư pháp")
    desk.act(code, "finish")
    undone = desk.act(code, "undo", note="Chưa xong")
    assert (undone.status, undone.holder, undone.leg_open) == (Status.PROCESSING, "Tư pháp", True)
    assert [step.undone for step in undone.steps] == [False, False, True, True, False]
    received = desk.act(code, "receive")
    desk.act(code, "finish")
    again = desk.act(code, "undo", note="Chưa xong")
    assert again.leg_open is received.leg_open is False


def test_undone_payment_is_not_counted(desk: Desk) -> None:
    code = desk.take_in(fee=5000).code
    desk.act(code, "pay", amount=2000, receipt="05/0000001")
    desk.act(code, "pay", amount=2000)
    desk.act(code, "undo", note="Gõ nhầm số tiền")
    desk.act(code, "pay", amount=3000)
    day = MORNING.date()
    taken = desk.fees(day, day, MORNING)
    assert (taken.amount, [payment.amount for payment in taken.payments]) == (5000, [2000, 3000])
    assert taken.unpaid == () and desk.show(code).fee.paid == 5000


def test_papers_of_an_undone_action_are_refused_and_prints_stay(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "apologise", note="Chờ", until=date(2026, 3, 2))
    desk.office.write(prepare_paper, PreparePaper(code, PaperForm.APOLOGY), MORNING)
    undone = desk.act(code, "undo", note="Nhầm hồ sơ")
    assert [line.form for line in undone.prints] == [PaperForm.APOLOGY]
    with pytest.raises(Refusal) as refused:
        desk.office.write(prepare_paper, PreparePaper(code, PaperForm.APOLOGY), MORNING)
    assert refused.value.code == "paper_not_apologised"
    desk.act(code, "apologise", note="Chờ", until=date(2026, 3, 3))


def test_undone_correction_restores_people_and_codes(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "amend", sets=(("name", "Lê Thị Mới"), ("alias", "G12.7-0001@Hộ tịch điện tử")), note="Sửa")
    assert desk.show("G12.7-0001").code == code
    assert desk.act(code, "undo", note="Sửa nhầm").applicant["name"] == PERSON["name"]
    with pytest.raises(Refusal):
        desk.show("G12.7-0001")
    assert desk.check().findings == ()


def test_figures_of_the_day_before_the_undo_stay(desk: Desk) -> None:
    code = desk.take_in(at("2026-02-09T08:00")).code
    desk.act(code, "finish", at("2026-02-09T23:55"))
    desk.act(code, "undo", at("2026-02-10T00:04"), note="Nhầm")
    first, second = date(2026, 2, 9), date(2026, 2, 10)
    assert desk.report(first, first).total.resolved == 1
    assert (desk.report(first, second).total.resolved, desk.report(first, second).total.pending) == (0, 1)


def test_window_offers_undo_only_while_it_is_possible(desk: Desk) -> None:
    code = desk.take_in().code
    assert desk.office.write(open_dossier, ShowDossier(code), MORNING).undoable is None
    sent = desk.act(code, "send", to="Tư pháp")
    assert sent.undoable == Action.SEND and Action.UNDO in sent.allowed
    later = desk.office.write(open_dossier, ShowDossier(code), MORNING + timedelta(minutes=11))
    assert later.undoable is None and Action.UNDO not in later.allowed


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.lists(st.sampled_from([action for action in ACTS if action != Action.CLOSE]), max_size=6))
def test_random_acts_each_undone_and_repeated(desk: Desk, path: list[Action]) -> None:
    """An undo restores the dossier, and the same act is possible again."""
    code = desk.take_in().code
    for action in path:
        before = desk.show(code)
        try:
            desk.act(code, action.value, **{"at": MORNING, **ACTS[action]})
            desk.act(code, "undo", note="Nhầm")
        except Refusal:
            continue
        same = {"allowed": (), "warnings": ()}
        assert facts_of(replace(desk.show(code), **same)) == facts_of(replace(before, **same))
        if action != Action.UNDO:
            desk.act(code, action.value, **{"at": MORNING, **ACTS[action]})
    assert desk.check().findings == ()
