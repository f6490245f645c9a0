"""Procedure versions (S8), channel limits, dossiers settled elsewhere."""

from datetime import date
from typing import Any

import pytest

from app.models.enums import Channel, PaperForm, Status
from app.models.errors import Refusal
from app.usecases.catalogue.procedures import ExportCatalogue, ImportCatalogue, export_catalogue, import_catalogue
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.dossiers.queries import (
    ListReceived,
    ListWork,
    SearchDossiers,
    list_received,
    list_work,
    search_dossiers,
)
from app.usecases.intake.preview import PreviewPromise, preview_promise
from app.wording.refusals import SENTENCES, error_sentence
from tests.support.offices import MORNING, SAME_DAY, Desk, at
from tests.support.pdf_reading import pdf_text

JUSTICE = "Phòng Tư pháp (Lê Đình Quỹ)"
ELSEWHERE = "UBND xã Bên Kia"
AFTERWARDS = at("2027-03-02T09:00")


def add_version(desk: Desk, **cells: str) -> None:
    """Add a version of the procedure with these cells."""
    cells = {"code": SAME_DAY, "unit": "working_day", **cells}
    table = "\t".join(cells) + "\n" + "\t".join(cells.values()) + "\n"
    assert desk.office.write(import_catalogue, ImportCatalogue(table), MORNING).refused == ()


def text_of(desk: Desk, code: str, form: PaperForm) -> str:
    prepared = desk.office.write(prepare_paper, PreparePaper(code, form), MORNING)
    return pdf_text(prepared.pdf)


# --- versions during running dossiers (S8)


@pytest.fixture
def changed(desk: Desk) -> Desk:
    """Load a version of 01/03/2027 in February 2026.

    The new version has one step less and a shorter limit.
    """
    steps = "Một cửa:0.5 ; Phòng Tư pháp:4 ; Lãnh đạo:0.5"
    add_version(desk, limit="5", steps=steps, valid_from="2026-02-01")
    add_version(desk, limit="3", steps="Một cửa:0.5 ; Lãnh đạo:2.5", valid_from="2027-03-01")
    return desk


def test_version_is_chosen_by_the_date_of_receipt(changed: Desk) -> None:
    """28/02/2027 is a Sunday: old version, although its term starts on Monday."""
    due = {
        "2027-02-26T16:30": ("2027-03-05T17:00", 2),
        "2027-02-28T10:00": ("2027-03-08T17:00", 2),
        "2027-03-01T08:00": ("2027-03-04T17:00", 3),
    }
    for received, (day, version) in due.items():
        accepted = changed.take_in(at(received), term=None)
        assert accepted.due_at == at(day)
        assert changed.show(accepted.code).procedure.version == version


def test_running_dossiers_keep_their_version(changed: Desk) -> None:
    """One dossier is at a step that the new version does not have."""
    old = changed.take_in(at("2027-02-26T09:00"), term=None).code
    waiting = changed.take_in(at("2027-02-26T09:05"), term=None).code
    changed.act(old, "send", at("2027-02-26T10:00"), to=JUSTICE)
    changed.act(waiting, "ask-supplement", at("2027-02-26T10:00"), note="Thiếu bản chính")
    new = changed.take_in(at("2027-03-01T08:00"), term=None).code
    every = {old, waiting, new}
    lists: tuple[Any, ...] = (
        changed.office.read(list_work, ListWork(), AFTERWARDS),
        changed.office.read(search_dossiers, SearchDossiers("dao thi am"), AFTERWARDS),
        changed.office.read(list_received, ListReceived(date(2027, 2, 1), date(2027, 3, 31)), AFTERWARDS),
    )
    assert [{each.code for each in lines} for lines in lists] == [every] * 3
    assert changed.show(old, AFTERWARDS).holder == JUSTICE
    assert changed.act(waiting, "supplement", AFTERWARDS).due_at == at(
        "2027-03-09T17:00"
    )  # five days of the old version
    for action, values in (("receive", {}), ("send", {"to": "Lãnh đạo"}), ("finish", {}), ("return", {})):
        changed.act(old, action, AFTERWARDS, **values)
    assert changed.show(old, AFTERWARDS).status == Status.RETURNED
    table = changed.report(date(2027, 2, 15), date(2027, 3, 14), AFTERWARDS)
    assert (table.total.received, table.total.resolved_early, table.total.pending_in_time) == (3, 1, 2)
    assert table.checks == () and changed.check(AFTERWARDS).ok


# --- limits by channel


def test_channel_limit_sets_the_promise(desk: Desk) -> None:
    add_version(desk, limit="27", channel_limits="online:17 ; post:20", valid_from="2026-02-01")
    for channel, term in (("online", "17"), ("post", "20"), ("direct", "27")):
        accepted = desk.take_in(channel=channel, term=None)
        assert accepted.deadline[0].startswith(f"Thời hạn giải quyết: {term} ngày làm việc")
        query = PreviewPromise(SAME_DAY, MORNING, channel=Channel(channel))
        assert desk.office.read(preview_promise, query, MORNING).due_at == accepted.due_at
        assert f"theo quy định là: {term} ngày làm việc" in text_of(desk, accepted.code, PaperForm.RECEIPT)
    assert desk.office.read(preview_promise, PreviewPromise(SAME_DAY), MORNING).due_at == accepted.due_at


def test_shorter_province_limit_precedes_the_channel_limit(desk: Desk) -> None:
    add_version(desk, limit="27", province_limit="18", channel_limits="online:17;post:20", valid_from="2026-02-01")
    for channel, term in (("online", "17"), ("post", "18"), ("direct", "18")):
        assert f": {term} ngày" in desk.take_in(channel=channel, term=None).deadline[0]


def test_supplement_restarts_the_channel_limit(desk: Desk) -> None:
    add_version(desk, limit="5", channel_limits="online:2", valid_from="2026-02-01")
    code = desk.take_in(channel="online", term=None).code
    desk.act(code, "ask-supplement", note="Thiếu bản chính")
    assert desk.act(code, "supplement", at("2026-03-02T09:00")).due_at == at("2026-03-04T17:00")


def test_exported_channel_limits_are_imported_unchanged(desk: Desk) -> None:
    add_version(desk, limit="27", channel_limits="post:20;online:17.5", valid_from="2026-02-01")
    table = desk.office.read(export_catalogue, ExportCatalogue(), MORNING).text
    assert "online:17.5 ; post:20\tper_page:2000,2,1000,200000\t0\t\t\t\t\n" in table
    again = desk.office.write(import_catalogue, ImportCatalogue(table), MORNING)
    assert (again.new, again.changed, again.unchanged, again.refused) == (0, 0, 487, ())


# --- settled by another agency


def test_dossier_settled_elsewhere_has_no_due_date_at_intake(desk: Desk) -> None:
    """NĐ 309/2026/NĐ-CP Điều 8.3: the term starts at the competent agency."""
    add_version(desk, limit="5", boundary_free="1", valid_from="2026-02-01")
    accepted = desk.take_in(at("2026-02-09T18:00"), settled_by=f" {ELSEWHERE} ", term=None)
    begins = f"thời hạn tính từ khi {ELSEWHERE} nhận được hồ sơ"
    assert accepted.due_at is None and begins in accepted.deadline[1] and len(accepted.deadline) == 3
    assert f"chuyển hồ sơ đến {ELSEWHERE} chậm nhất 17 giờ 00 phút, thứ Tư, 11/02/2026" in accepted.deadline[2]
    assert len(accepted.warnings) == 1 and begins.replace(ELSEWHERE, "cơ quan đó") in accepted.warnings[0]
    assert f"Thời gian trả kết quả giải quyết hồ sơ: {begins}" in text_of(desk, accepted.code, PaperForm.RECEIPT)
    assert begins in text_of(desk, accepted.code, PaperForm.CONTROL)
    desk.act(accepted.code, "ask-supplement", at("2026-02-10T08:00"), note="Thiếu đơn")
    assert desk.act(accepted.code, "supplement", at("2026-02-11T08:00")).due_at is None
    sheet = desk.act(accepted.code, "finish", at("2026-06-01T08:00"))
    assert not sheet.late and desk.check().ok
    assert desk.report(date(2026, 1, 1), date(2026, 12, 31)).total.resolved_on_time == 1


@pytest.mark.parametrize("act", ["receive", "send", "finish", "refuse"])
def test_term_starts_when_the_competent_agency_receives_the_dossier(desk: Desk, act: str) -> None:
    """The receipt or the next action of the agency starts the term."""
    add_version(desk, limit="5", boundary_free="1", valid_from="2026-02-01")
    code = desk.take_in(settled_by=ELSEWHERE, term=None).code
    desk.act(code, "send", to="Văn thư")
    assert desk.act(code, "receive").due_at is None
    desk.act(code, "send", at("2026-02-10T08:00"), to=f"{ELSEWHERE.upper()}")
    sheet = desk.act(code, act, at("2026-02-11T09:00"), to="Phòng chuyên môn", note="Vì")
    due = at("2026-02-25T17:00")  # 5 working days with Tết 16–20/02 between them
    assert (sheet.due_at, sheet.original_due_at) == (due, due)
    assert any(f"{ELSEWHERE} nhận được hồ sơ lúc" in line and "thời hạn bắt đầu" in line for line in sheet.deadline)
    assert "chậm nhất" not in " ".join(sheet.deadline)
    assert desk.check(at("2026-02-11T09:00")).ok
    if act == "receive":
        receipt = text_of(desk, code, PaperForm.RECEIPT)
        assert "25/02/2026" in receipt or "ngày 25 tháng 02 năm 2026" in receipt
        desk.act(code, "send", at("2026-03-02T09:00"), to=ELSEWHERE)
        assert desk.act(code, "receive", at("2026-03-03T09:00")).due_at == due, "a term starts once"
        assert desk.show(code, at("2026-03-03T09:00")).late


def test_supplement_request_on_the_way_starts_no_term(desk: Desk) -> None:
    add_version(desk, limit="5", boundary_free="1", valid_from="2026-02-01")
    code = desk.take_in(settled_by=ELSEWHERE, term=None).code
    desk.act(code, "send", to=ELSEWHERE)
    before = desk.show(code).deadline
    sheet = desk.act(code, "ask-supplement", note="Thiếu đơn")
    assert sheet.due_at is None and sheet.deadline == before
    assert desk.act(code, "supplement").due_at is None


@pytest.mark.parametrize(
    ("free", "values", "code"), [("0", {}, "settled_by_bounded"), ("1", {"at_once": True}, "settled_by_at_once")]
)
def test_settled_by_is_refused_where_the_term_applies(desk: Desk, free: str, values: dict[str, Any], code: str) -> None:
    add_version(desk, limit="5", boundary_free=free, valid_from="2026-02-01")
    before = desk.contents()
    with pytest.raises(Refusal) as caught:
        desk.take_in(settled_by=ELSEWHERE, **values)
    assert (caught.value.code, caught.value.field) == (code, "settled_by")
    assert code in SENTENCES and error_sentence(caught.value).endswith(".") and desk.contents() == before
