"""The start of the day and the due board."""

from datetime import date
from typing import Any

import pytest

from app.models.enums import PaperForm, PrintStatus
from app.models.lifecycle import COUNTER
from app.office.exchange.sync_export import export_bundle
from app.usecases.citizens.feedback import AddFeedback, AnswerFeedback, add_feedback, answer_feedback
from app.usecases.documents.prepare import PreparePaper, RecordPrints, prepare_paper, record_prints
from app.usecases.documents.print_queue import ListUnprinted, list_unprinted
from app.usecases.dossiers.bulk import CountTray, ReassignWork, reassign_work, save_tray_count
from app.usecases.dossiers.day_start import CountBacklog, DayStart, GetDayStart, TaskKind, count_backlog, get_day_start
from app.usecases.dossiers.due_board import DueBoard, HolderLine, due_board
from app.usecases.dossiers.queries import ListWork, list_work
from app.usecases.intake.turn_away import RefuseAtCounter, refuse_at_counter
from app.wording.day_start import task_name
from app.wording.time_left import days_left, minutes_left
from tests.support.offices import MORNING, PERSON, Desk, at, intake_line

LAND = "Địa chính"
JUSTICE = "Tư pháp – hộ tịch"
NEXT_MORNING = at("2026-02-10T07:45")
THIS_WEEK = {"term": {"limit": 1, "unit": "working_day"}}


def morning(desk: Desk, hour: Any = NEXT_MORNING) -> DayStart:
    day_start: DayStart = desk.office.read(get_day_start, GetDayStart(), hour)
    assert day_start.backlog_count == desk.office.read(count_backlog, CountBacklog(), hour)
    return day_start


def kinds_and_codes(day_start: DayStart, *kinds: TaskKind) -> list[tuple[TaskKind, str]]:
    return [(line.kind, line.code) for line in day_start.lines if line.kind in (kinds or tuple(TaskKind))]


def board(desk: Desk, hour: Any = MORNING) -> tuple[HolderLine, ...]:
    lines: tuple[HolderLine, ...] = desk.office.read(due_board, DueBoard(), hour)
    return lines


def test_new_office_has_no_backlog(desk: Desk) -> None:
    assert morning(desk).lines == () and morning(desk).backlog_count == 0


def test_dossier_left_at_the_counter_is_in_the_backlog(desk: Desk) -> None:
    left, sent = desk.take_in().code, desk.take_in().code
    desk.act(sent, "send", to=LAND)
    export_bundle(desk.office, at=MORNING)
    assert kinds_and_codes(morning(desk, at("2026-02-09T16:00"))) == []
    assert kinds_and_codes(morning(desk)) == [(TaskKind.AT_COUNTER, left)]
    desk.act(left, "send", NEXT_MORNING, to=LAND)
    assert kinds_and_codes(morning(desk)) == []


def test_unprinted_documents_are_in_the_backlog(desk: Desk) -> None:
    code = desk.take_in().code
    prepared = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), at("2026-02-09T16:48"))
    (line,) = [line for line in morning(desk).lines if line.kind == TaskKind.UNPRINTED]
    assert (line.code, line.words) == (code, "2 bản, từ 16:48 09/02")
    assert kinds_and_codes(morning(desk, at("2026-02-09T17:00")), TaskKind.UNPRINTED) == []
    desk.office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.PRINTED), NEXT_MORNING)
    assert kinds_and_codes(morning(desk), TaskKind.UNPRINTED) == []


def test_tray_difference_is_shown_until_it_is_resolved(desk: Desk) -> None:
    lost, away = desk.take_in().code, desk.take_in().code
    desk.act(away, "send", to=LAND)
    evening = at("2026-02-09T16:55")
    count = desk.office.write(save_tray_count, CountTray((away, "H29.12-260209-9999")), evening)
    assert [line.code for line in (*count.missing, *count.extra)] == [lost, away]
    assert kinds_and_codes(morning(desk, evening), TaskKind.TRAY) == []
    assert kinds_and_codes(morning(desk), TaskKind.TRAY) == [(TaskKind.TRAY, lost), (TaskKind.TRAY, away)]
    desk.act(away, "receive", NEXT_MORNING)
    desk.act(away, "send", NEXT_MORNING, to=COUNTER)
    desk.act(lost, "send", NEXT_MORNING, to=JUSTICE)
    assert kinds_and_codes(morning(desk), TaskKind.TRAY) == []


def test_unsent_records_are_in_the_backlog(desk: Desk) -> None:
    desk.take_in()
    (line,) = [line for line in morning(desk).lines if line.kind == TaskKind.UNSENT]
    assert (line.code, line.about, line.words) == ("", "1 hồ sơ chưa gửi", "cũ nhất từ 09/02/2026")
    export_bundle(desk.office, at=NEXT_MORNING)
    assert kinds_and_codes(morning(desk), TaskKind.UNSENT) == []


def test_dossiers_due_today_and_due_next_are_shown(desk: Desk) -> None:
    """Dossiers of Thursday: due on Friday, and on Monday with an apology due."""
    thursday, friday = at("2026-02-05T09:00"), at("2026-02-06T07:45")
    due = desk.take_in(thursday, term={"limit": 1, "unit": "working_day"}).code
    next_ = desk.take_in(thursday, term={"limit": 2, "unit": "working_day"}).code
    desk.take_in(thursday, term={"limit": 3, "unit": "working_day"})
    day_start = morning(desk, friday)
    assert day_start.next_day.isoformat() == "2026-02-09"
    assert kinds_and_codes(day_start, TaskKind.TODAY, TaskKind.NEXT_DAY) == [
        (TaskKind.TODAY, due),
        (TaskKind.NEXT_DAY, next_),
    ]
    words = {line.code: line.words for line in day_start.lines if line.kind in (TaskKind.TODAY, TaskKind.NEXT_DAY)}
    assert words == {due: "còn 7 giờ 15 phút", next_: "xin lỗi được trong hôm nay"}
    desk.act(due, "finish", friday)
    assert kinds_and_codes(morning(desk, friday), TaskKind.TODAY) == []


def test_overdue_dossiers_and_payments_are_shown(desk: Desk) -> None:
    monday, friday = at("2026-02-02T08:00"), at("2026-02-06T07:45")
    late = desk.take_in(monday, **THIS_WEEK).code
    unpaid = desk.take_in(monday, term={"limit": 9, "unit": "working_day"}).code
    desk.act(unpaid, "ask-payment", monday, amount=50_000, note="Phí thẩm định", until=date(2026, 2, 4))
    day_start = morning(desk, friday)
    lines = {line.kind: line for line in day_start.lines if line.kind in (TaskKind.LATE, TaskKind.UNPAID)}
    assert {kind: (line.code, line.words) for kind, line in lines.items()} == {
        TaskKind.LATE: (late, "quá 3 ngày làm việc"),
        TaskKind.UNPAID: (unpaid, "quá hạn nộp 04/02/2026"),
    }
    assert day_start.late_count == 1
    assert kinds_and_codes(morning(desk, at("2026-02-04T07:45")), TaskKind.UNPAID) == []


def test_worklist_shows_how_long_ready_and_paused_dossiers_wait(desk: Desk) -> None:
    monday, thursday = at("2026-02-02T08:00"), at("2026-02-05T08:00")
    ready, paused, unpaid = (desk.take_in(monday, **THIS_WEEK).code for _n in range(3))
    desk.act(ready, "finish", monday)
    desk.act(paused, "ask-supplement", at("2026-02-03T08:00"), note="Thiếu tờ khai")
    desk.act(unpaid, "ask-payment", thursday, amount=50_000, note="Phí thẩm định")
    lines = {line.code: line for line in desk.office.read(list_work, ListWork(), thursday)}
    assert {code: line.due_words for code, line in lines.items()} == {
        ready: "chờ 3 ngày làm việc",
        paused: "chờ 2 ngày làm việc",
        unpaid: "chờ từ hôm nay",
    }
    assert lines[ready].due_at == at("2026-02-03T17:00")


def test_unprinted_document_names_its_person(desk: Desk) -> None:
    code = desk.take_in().code
    desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT), MORNING)
    slip = desk.office.write(
        refuse_at_counter, RefuseAtCounter.read(intake_line(reason="Thiếu giấy chứng sinh"), MORNING.date()), MORNING
    ).code
    desk.office.write(prepare_paper, PreparePaper(slip, PaperForm.REFUSAL), MORNING)
    papers = desk.office.read(list_unprinted, ListUnprinted(), MORNING)
    assert [(paper.code, paper.name) for paper in papers] == [(code, PERSON["name"]), (slip, PERSON["name"])]


def test_each_task_kind_has_a_heading() -> None:
    headings = [task_name(kind, "thứ Năm 12/03/2026") for kind in TaskKind]
    assert len(set(headings)) == len(headings) and any("12/03/2026" in heading for heading in headings)


def test_due_board_counts_dossiers_by_holder(desk: Desk) -> None:
    late = desk.take_in(at("2026-02-03T08:00"), **THIS_WEEK).code
    today = desk.take_in(at("2026-02-06T08:00"), **THIS_WEEK).code
    soon = desk.take_in(**THIS_WEEK).code
    for code in (late, today, soon):
        desk.act(code, "send", to=LAND)
    waits, later, ready = (desk.take_in(term={"limit": 9, "unit": "working_day"}).code for _n in range(3))
    desk.act(waits, "ask-supplement", note="Thiếu tờ khai")
    desk.act(later, "send", to=JUSTICE)
    desk.act(ready, "finish")
    lines = {line.holder: line for line in board(desk)}
    assert lines[LAND] == HolderLine(LAND, 1, 1, 1, 0, 0, 0, "quá 3 ngày làm việc")
    assert lines[JUSTICE] == HolderLine(JUSTICE, 0, 0, 0, 1, 0, 0, "còn 9 ngày làm việc")
    assert lines[COUNTER] == HolderLine(COUNTER, 0, 0, 0, 0, 1, 1, "")
    assert next(line.holder for line in board(desk)) == LAND
    whole = desk.office.read(list_work, ListWork(), MORNING)
    assert sum(line.total for line in lines.values()) == len(whole) == 6
    held = desk.office.read(list_work, ListWork(LAND), MORNING)
    assert [(line.code, line.group, line.due_words) for line in held] == [
        (late, "late", "quá 3 ngày làm việc"),
        (today, "today", "còn 7 giờ"),
        (soon, "soon", "còn 1 ngày làm việc"),
    ]
    desk.office.write(reassign_work, ReassignWork(LAND, JUSTICE), MORNING)
    assert LAND not in [line.holder for line in board(desk)]


def test_day_off_after_the_due_day_is_late_by_zero_working_days(desk: Desk) -> None:
    desk.take_in(at("2026-02-05T08:00"), **THIS_WEEK)  # due on Friday, 06/03
    saturday = at("2026-02-07T09:00")
    (line,) = desk.office.read(list_work, ListWork(), saturday)
    assert (line.group, line.due_words) == ("late", "quá hạn")
    (holder,) = board(desk, saturday)
    assert (holder.late, holder.worst) == (1, "quá hạn")


@pytest.mark.parametrize(("minutes", "words"), [
    (450, "còn 7 giờ 30 phút"), (60, "còn 1 giờ"), (59, "còn 59 phút"), (0, "hết giờ hẹn hôm nay"),
    (-5, "hết giờ hẹn hôm nay"),
])  # fmt: skip
def test_minutes_in_words(minutes: int, words: str) -> None:
    assert minutes_left(minutes) == words


def test_days_in_words() -> None:
    assert days_left(2, past=False) == "còn 2 ngày làm việc" and days_left(-1, past=True) == "quá 1 ngày làm việc"


def test_feedback_is_shown_from_its_due_day_until_answered(desk: Desk) -> None:
    def lines(day: str) -> list[tuple[str, str]]:
        day_start = desk.office.read(get_day_start, GetDayStart(), at(f"{day}T08:00")).lines
        return [(line.about, line.words) for line in day_start if line.kind == TaskKind.FEEDBACK]

    for content, due in (("Chờ lâu", date(2026, 2, 11)), ("Thiếu ghế", date(2026, 2, 10)), ("Không hạn", None)):
        desk.office.write(add_feedback, AddFeedback(content, due=due), MORNING)
    assert lines("2026-02-09") == []
    assert lines("2026-02-10") == [("2/2026: Thiếu ghế", "Đến hạn trả lời hôm nay")]
    assert lines("2026-02-12") == [
        ("2/2026: Thiếu ghế", "Quá hạn trả lời 2 ngày"),
        ("1/2026: Chờ lâu", "Quá hạn trả lời 1 ngày"),
    ]
    desk.office.write(answer_feedback, AnswerFeedback(2026, 2, "Đã kê thêm"), at("2026-02-12T09:00"))
    assert lines("2026-02-13") == [("1/2026: Chờ lâu", "Quá hạn trả lời 2 ngày")]
