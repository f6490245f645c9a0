"""Closing of the day: what is left, its record and its sheet."""

import pytest

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.dossiers.bulk import CountTray, save_tray_count
from app.usecases.intake.draft import SaveDraft, save_draft
from app.usecases.office.closing import (
    CloseDay,
    ClosingTask,
    DayClosing,
    GetClosing,
    PrintClosing,
    close_day,
    closing_sheet,
    get_closing,
)
from tests.support.offices import Desk, at
from tests.support.pdf_reading import lines, pages

EVENING = at("2026-02-09T17:05")
NEXT_DAY = at("2026-02-10T17:00")


def settled(closing: DayClosing) -> dict[ClosingTask, bool]:
    """Return whether each task is settled."""
    return {line.task: line.settled for line in closing.lines}


def state(desk: Desk) -> DayClosing:
    """Return the state of the evening."""
    return desk.office.read(get_closing, GetClosing(), EVENING)


def test_each_task_is_shown_until_it_is_settled(desk: Desk) -> None:
    code = desk.take_in().code
    desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), EVENING)
    desk.office.write(save_draft, SaveDraft({"request_id": "a", "applicant": {"name": "Hồ Thị Bưởi"}}), EVENING)
    before = state(desk)
    assert settled(before) == dict.fromkeys(
        (ClosingTask.PRINTS, ClosingTask.TRAY, ClosingTask.DRAFTS, ClosingTask.SENDING), False
    )
    assert "2 bản" in before.lines[0].words and before.closed_at is None
    desk.office.write(save_draft, SaveDraft(None, "a"), EVENING)
    desk.office.write(save_tray_count, CountTray((code,)), EVENING)
    after = settled(state(desk))
    assert after[ClosingTask.DRAFTS] and after[ClosingTask.TRAY] and not after[ClosingTask.PRINTS]


def test_count_of_yesterday_is_no_count(desk: Desk) -> None:
    desk.office.write(save_tray_count, CountTray(()), at("2026-02-06T17:00"))
    assert not settled(state(desk))[ClosingTask.TRAY]


def test_closing_is_on_record_and_fits_one_page(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.office.read(closing_sheet, PrintClosing(EVENING.date()), EVENING)
    assert refused.value.code == "closing_unknown"
    desk.take_in()
    closing = desk.office.write(close_day, CloseDay(EVENING), EVENING)
    assert settled(closing)[ClosingTask.BACKUP]
    recorded = state(desk)
    assert (recorded.closed_at, recorded.actor) == (EVENING, closing.actor)
    desk.office.write(close_day, CloseDay(None), at("2026-02-09T17:30"))
    (page,) = pages(desk.office.read(closing_sheet, PrintClosing(recorded.day), NEXT_DAY))
    text = " ".join(lines(page))
    for words in ("chốt ngày tại quầy", "chốt lúc 17:30", "chưa sao lưu được", "hôm nay chưa đếm khay", closing.actor):
        assert words.lower() in text.lower()
    assert desk.office.read(get_closing, GetClosing(), NEXT_DAY).closed_at is None
    assert desk.check().ok
