"""Ratings and feedback on a real database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import FeedbackTopic, SatisfactionFace
from app.models.errors import Refusal
from app.models.satisfaction import index_averages, one_decimal, share_points, unit_grade
from app.services.context import Context
from app.services.reporting import feedback as feedback_figures
from app.services.reporting import satisfaction as satisfaction_figures
from app.services.reporting.feedback import FeedbackTable
from app.services.reporting.satisfaction import Satisfaction
from app.storage.uow import Reading
from app.usecases.citizens.feedback import (
    AddFeedback,
    AnswerFeedback,
    ListFeedback,
    add_feedback,
    answer_feedback,
    report_feedback,
)
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from tests.support.offices import MORNING, Desk, at

FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))


def finished(desk: Desk, days: int = 1, **values) -> str:
    code = desk.take_in(**values).code
    desk.act(code, "finish", MORNING + timedelta(days=days))
    return code


def rate(desk: Desk, code: str, face: SatisfactionFace = SatisfactionFace.SATISFIED, **values) -> None:
    desk.office.write(rate_dossier, RateDossier(code, face, **values), MORNING + timedelta(days=14))


def satisfaction(desk: Desk, first: date = FEBRUARY[0], last: date = FEBRUARY[1]) -> Satisfaction:
    def count(_query: None, _context: Context, work: Reading) -> Satisfaction:
        return satisfaction_figures.satisfaction(first, last, work)

    return desk.office.read(count, None, at("2026-03-01T08:00"))


def test_rating_is_stored_once_with_points_for_timeliness(desk: Desk) -> None:
    code = finished(desk)
    rated = desk.office.write(
        rate_dossier, RateDossier(code, SatisfactionFace.VERY_SATISFIED, {3: 2, 7: 1}, " Nhanh  gọn "), MORNING
    )
    assert rated.points == {"1": 2, "2": 2, "3": 2, "7": 1}
    with pytest.raises(Refusal, match="rating_given"):
        rate(desk, code)
    assert desk.rows("SELECT comment FROM rating") == [("Nhanh gọn",)]


@pytest.mark.parametrize("points", [{0: 1}, {10: 1}, {3: 3}, {3: -1}])
def test_invalid_points_change_nothing(desk: Desk, points: dict[int, int]) -> None:
    code = finished(desk)
    with pytest.raises(Refusal, match="rating_points"):
        rate(desk, code, points=points)
    assert desk.rows("SELECT * FROM rating") == []


def test_void_dossier_is_not_rated(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "void", note="nhầm")
    with pytest.raises(Refusal, match="rating_void"):
        rate(desk, code)


def test_satisfaction_table_of_a_period(desk: Desk) -> None:
    early, late = finished(desk), finished(desk, days=3, term={"limit": 1, "unit": "working_day"})
    silent, complained = finished(desk), finished(desk)
    rate(desk, early, SatisfactionFace.VERY_SATISFIED, points={3: 2, 4: 2, 6: 2, 7: 2})
    rate(desk, late, SatisfactionFace.SATISFIED, points={3: 1, 4: 2, 6: 1, 7: 0})
    rate(desk, silent, SatisfactionFace.DISSATISFIED, points={3: 0, 4: 0, 6: 0, 7: 0})
    desk.office.write(add_feedback, AddFeedback("Chờ lâu", code=complained), MORNING)
    table = satisfaction(desk)
    assert (table.rated, table.faces) == (3, {"very_satisfied": 1, "satisfied": 1, "dissatisfied": 1})
    assert [(each.index, each.average) for each in table.indices] == [
        (1, 1.3), (2, 1.3), (3, 1.0), (4, 1.3), (5, None), (6, 1.0), (7, 0.7), (8, 0.0), (9, 0.0)
    ]  # fmt: skip
    assert (table.settled, table.not_content, table.ratio) == (4, 3, 25.0)
    assert (table.officers[0].rated, table.officers[0].score) == (3, 5.6)
    assert (table.score, table.grade) == (None, None)
    assert satisfaction_figures.to_json(table)["definition"].startswith("Tỷ lệ hài lòng")


def test_empty_period_has_no_ratio(desk: Desk) -> None:
    table = satisfaction(desk)
    assert (table.rated, table.settled, table.ratio) == (0, 0, None)
    with pytest.raises(Refusal, match="period_reversed"):
        satisfaction(desk, *reversed(FEBRUARY))


@pytest.mark.parametrize(
    ("part", "whole", "online", "points"),
    [(0, 0, True, 0), (3, 10, True, 2), (29, 100, True, 1), (15, 100, True, 1), (14, 100, True, 0),
     (0, 0, False, 2), (10, 10, False, 2), (9, 10, False, 1), (89, 100, False, 0)],
)  # fmt: skip
def test_points_of_shares(part: int, whole: int, online: bool, points: int) -> None:
    assert share_points(part, whole, online) == points


def test_halves_are_rounded_up() -> None:
    assert one_decimal(25, 20) == 1.3
    assert one_decimal(1, 0) is None
    grades = {15.0: "excellent", 14.9: "good", 12.0: "good", 9.0: "fair", 6.0: "average", 5.9: "weak", None: None}
    assert {score: unit_grade(score) for score in grades} == grades


@given(st.lists(st.dictionaries(st.sampled_from([str(n) for n in range(1, 10)]), st.integers(0, 2)), max_size=20))
def test_average_is_between_its_points(rated: list[dict[str, int]]) -> None:
    for each in index_averages(rated):
        given_points = [points[str(each.index)] for points in rated if str(each.index) in points]
        assert each.count == len(given_points)
        assert (each.average is None) == (not given_points)
        if each.average is not None:
            assert min(given_points) - 0.05 <= each.average <= max(given_points) + 0.05


def add(desk: Desk, when=MORNING, **values) -> int:
    return desk.office.write(add_feedback, AddFeedback(**{"content": "Chờ lâu quá", **values}), when).number


def answer(desk: Desk, number: int, when, text: str = "Đã giải thích") -> None:
    desk.office.write(answer_feedback, AnswerFeedback(2026, number, text, True), when)


def table_of(desk: Desk, first: date, last: date) -> FeedbackTable:
    return desk.office.read(report_feedback, ListFeedback(first, last), at("2026-12-01T08:00"))


def test_feedback_register_counts_answers_by_period(desk: Desk) -> None:
    due = date(2026, 2, 13)
    assert [add(desk, due=due), add(desk, due=due), add(desk, about=FeedbackTopic.CONDUCT), add(desk, due=due)] == [
        1, 2, 3, 4
    ]  # fmt: skip
    answer(desk, 1, at("2026-02-13T16:00"))
    answer(desk, 2, at("2026-02-16T09:00"))
    answer(desk, 4, at("2026-03-03T09:00"))
    february = table_of(desk, *FEBRUARY)
    assert (february.received, february.answered_in_time, february.answered_late) == (4, 1, 1)
    assert (february.pending, february.pending_late, february.ratio) == (2, 1, 33.3)
    march = table_of(desk, date(2026, 3, 1), date(2026, 3, 31))
    assert (march.received, march.carried_over, march.answered_late, march.pending) == (0, 2, 1, 1)
    assert "sender" not in feedback_figures.to_json(march)["rows"][0]


def test_invalid_feedback_changes_nothing(desk: Desk) -> None:
    for wrong, values in {
        "missing": {"content": "  "},
        "text_too_long": {"content": "x" * 5000},
        "feedback_due_past": {"due": date(2026, 2, 1)},
        "dossier_unknown": {"code": "H29.12-260101-9999"},
    }.items():
        with pytest.raises(Refusal, match=wrong):
            add(desk, **values)
    assert desk.rows("SELECT * FROM feedback") == []
    number = add(desk)
    with pytest.raises(Refusal, match="missing"):
        answer(desk, number, MORNING, " ")
    answer(desk, number, MORNING)
    with pytest.raises(Refusal, match="feedback_answered"):
        answer(desk, number, MORNING)
    with pytest.raises(Refusal, match="feedback_unknown"):
        answer(desk, 77, MORNING)
