"""Bulk send, reassignment and tray count."""

import pytest

from app.models.errors import Refusal
from app.models.lifecycle import COUNTER
from app.usecases.dossiers.bulk import BulkSend, CountTray, ReassignWork, bulk_send, count_tray, reassign_work
from app.wording.refusals import error_sentence
from tests.support.offices import MORNING, Desk, at


def test_bulk_send_sends_all_or_none(desk: Desk) -> None:
    first, second, third = (desk.take_in().code for _ in range(3))
    sent = desk.office.write(bulk_send, BulkSend((first, second), "Tư pháp"), MORNING)
    assert sent.codes == (first, second)
    desk.act(second, "finish")
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        desk.office.write(bulk_send, BulkSend((third, second), "Địa chính"), MORNING)
    assert (refused.value.code, refused.value.values["dossier"]) == ("one_of_many", second)
    assert "Không thể chuyển: hồ sơ đang ở trạng thái có kết quả" in error_sentence(refused.value)
    assert desk.contents() == before


def test_work_of_an_absent_holder_is_reassigned(desk: Desk) -> None:
    codes = [desk.take_in().code for _ in range(3)]
    for code in codes[:2]:
        desk.act(code, "send", to="Bà Hai")
    moved = desk.office.write(reassign_work, ReassignWork("Bà Hai", "Ông Ba"), MORNING)
    assert moved.codes == tuple(codes[:2])
    assert [desk.show(code).holder for code in codes] == ["Ông Ba", "Ông Ba", COUNTER]
    assert desk.show(codes[0]).steps[-1].note == "Nhận thay Bà Hai"
    with pytest.raises(Refusal) as refused:
        desk.office.write(reassign_work, ReassignWork("Bà Hai", "Ông Ba"), MORNING)
    assert refused.value.code == "nothing_to_send"


def test_tray_count_lists_missing_extra_and_late(desk: Desk) -> None:
    here, missing, sent, done = (desk.take_in() for _ in range(4))
    desk.act(sent.code, "send", to="Tư pháp")
    desk.act(done.code, "finish")
    later = at("2026-03-02T16:00")
    scans = (here.key, here.code, sent.code, done.key, "khăn giấy")
    count = desk.office.read(count_tray, CountTray(scans), later)
    assert count.agreed == 2
    assert [line.code for line in count.missing] == [missing.code]
    assert [line.code for line in count.extra] == [sent.code]
    assert [line.code for line in count.late] == [here.code]
    assert count.strangers == ("khăn giấy",)


def test_bulk_send_without_codes_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.office.write(bulk_send, BulkSend((), "Tư pháp"), MORNING)
    assert refused.value.code == "nothing_to_send"
