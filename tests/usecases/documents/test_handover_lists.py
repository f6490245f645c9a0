"""Hand-over lists of dossiers sent in one act, at any later time."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from app.models.enums import PaperForm, PrintStatus
from app.models.errors import Refusal
from app.services.documents.prepared import PreparedDocument
from app.storage.prints import handovers
from app.usecases.documents.dossier_extras import ListDataForms, list_data_forms
from app.usecases.documents.handover_lists import HandoverListLine, ListHandoverLists, list_handover_lists
from app.usecases.documents.prepare import (
    PrepareHandoverList,
    PreparePaper,
    RecordPrints,
    prepare_handover_list,
    prepare_paper,
    record_prints,
)
from app.usecases.documents.print_queue import (
    ListUnprinted,
    PreviewPaper,
    RenderWaiting,
    list_unprinted,
    preview_paper,
    render_waiting,
)
from app.usecases.dossiers.bulk import BulkSend, bulk_send
from tests.support.offices import Desk, at
from tests.support.pdf_reading import pdf_text

LAND, JUSTICE = "Địa chính (Phan Văn Lợi)", "Tư pháp – hộ tịch (Lê Hoàng Phúc)"
MONDAY, TUESDAY, NOON = at("2026-02-09T10:00"), at("2026-02-10T09:00"), at("2026-02-10T10:30")


def lists(desk: Desk, first: date | None = None, last: date | None = None) -> tuple[HandoverListLine, ...]:
    query = ListHandoverLists(first or MONDAY.date(), last or TUESDAY.date())
    lines: tuple[HandoverListLine, ...] = desk.office.read(list_handover_lists, query, NOON)
    return lines


def print_list(desk: Desk, code: str, when: Any = NOON) -> PreparedDocument:
    prepared: PreparedDocument = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.HANDOVER_LIST), when)
    return prepared


@pytest.fixture
def sent(desk: Desk) -> tuple[str, ...]:
    """Three dossiers sent to one holder in one act, and one sent alone."""
    codes = tuple(desk.take_in(MONDAY).code for _n in range(4))
    desk.office.write(bulk_send, BulkSend(codes[:3], LAND), MONDAY)
    desk.act(codes[3], "send", TUESDAY, to=LAND)
    return codes


def test_forms_of_a_dossier_read_no_event_of_others_by_their_desk(desk: Desk, sent: tuple[str, ...]) -> None:
    """A desk has a million events, which every opened dossier would read."""
    executed: list[tuple[str, Any]] = []
    engine = desk.office._database.read_engine
    event.listen(engine, "before_cursor_execute", lambda *call: executed.append((call[2], call[3])))
    assert len(desk.office.read(list_data_forms, ListDataForms(sent[0]), NOON)) == 1
    plans = [desk.rows(f"EXPLAIN QUERY PLAN {text}", *values) for text, values in tuple(executed) if "event" in text]
    steps = [str(step[-1]) for plan in plans for step in plan]
    assert steps and not [step for step in steps if "event" in step and ("SCAN" in step or "(workstation=?)" in step)]


def test_list_of_an_act_is_found_by_period_and_by_each_dossier(desk: Desk, sent: tuple[str, ...]) -> None:
    (line,) = lists(desk)
    assert (line.receiver, line.dossiers, line.sent_at) == (LAND, 3, MONDAY)
    assert lists(desk, TUESDAY.date()) == ()
    for code in (*sent[:3], line.code):
        seen = desk.office.write(preview_paper, PreviewPaper(code, PaperForm.HANDOVER_LIST), NOON)
        text = pdf_text(seen.pdf)
        assert all(each in text for each in sent[:3]) and sent[3] not in text and f"Bên nhận: {LAND}" in text
    forms = [desk.office.read(list_data_forms, ListDataForms(code), NOON) for code in sent]
    assert [[form.title for form in each if form.form == PaperForm.HANDOVER_LIST] for each in forms] == [
        *[["Phiếu bàn giao chung 3 hồ sơ"]] * 3,
        [],
    ]


def test_second_print_of_a_list_is_a_marked_copy(desk: Desk, sent: tuple[str, ...]) -> None:
    first = desk.office.write(prepare_handover_list, PrepareHandoverList(sent[:3]), MONDAY)
    assert "In lại" not in pdf_text(first.pdf)
    (line,) = lists(desk)
    for code in sent[:3]:  # to another holder since then
        desk.act(code, "receive", TUESDAY)
        desk.act(code, "send", TUESDAY, to=JUSTICE)
    again = pdf_text(print_list(desk, line.code).pdf)
    assert (
        "In lại lần 1" in again
        and f"Bên nhận: {LAND}" in again
        and "10 giờ 00 phút, ngày 09 tháng 02 năm 2026" in again
    )
    assert "In lại lần 2" in pdf_text(print_list(desk, line.code).pdf)
    (newer,) = lists(desk, TUESDAY.date())
    assert newer.receiver == JUSTICE
    assert "In lại" not in pdf_text(print_list(desk, newer.code).pdf)
    assert [(each.form, each.copy) for each in desk.show(sent[1]).prints] == [(PaperForm.HANDOVER_LIST, 1)] * 4


def test_undone_hand_over_leaves_the_list(desk: Desk, sent: tuple[str, ...]) -> None:
    desk.act(sent[1], "undo", at("2026-02-09T10:05"), note="Chuyển nhầm")
    text = pdf_text(print_list(desk, sent[0]).pdf)
    assert sent[0] in text and sent[2] in text and sent[1] not in text and "Tổng số: 2 hồ sơ." in text


def test_unprinted_list_waits_as_one_document(desk: Desk, sent: tuple[str, ...]) -> None:
    prepared = print_list(desk, sent[0])
    (waiting,) = desk.office.read(list_unprinted, ListUnprinted(), NOON)
    assert (waiting.form, waiting.copies, set(waiting.print_ids)) == (
        PaperForm.HANDOVER_LIST,
        1,
        set(prepared.print_ids),
    )
    assert desk.office.read(render_waiting, RenderWaiting(waiting.print_ids), NOON).print_ids == waiting.print_ids
    desk.office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.PRINTED), NOON)
    assert desk.office.read(list_unprinted, ListUnprinted(), NOON) == ()


def test_dossier_without_a_list_is_refused(desk: Desk, sent: tuple[str, ...]) -> None:
    for code, refusal in (
        (sent[3], "handover_list_none"),
        ("PBG-01-999999", "handover_list_unknown"),
        ("PBG-01-1", "handover_list_unknown"),
        ("PBG-01-1'; --", "dossier_unknown"),
    ):
        with pytest.raises(Refusal) as refused:
            print_list(desk, code)
        assert refused.value.code == refusal


def test_period_is_found_in_a_large_register(
    desk: Desk, sent: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lists(desk), lists(desk, TUESDAY.date()), lists(desk, date(2026, 2, 1), date(2026, 2, 8))
    monkeypatch.setattr(handovers, "_SCANNED_WHOLE", 0)
    assert (lists(desk), lists(desk, TUESDAY.date()), lists(desk, date(2026, 2, 1), date(2026, 2, 8))) == before
