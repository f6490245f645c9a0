"""Tests of satisfaction ratings after a result is returned."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.bootstrap import OfficeSession
from app.models.enums import Action, Right, SatisfactionFace, Status
from app.models.errors import Refusal
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import ShowDossier
from app.services.intake.command import AcceptDossier
from app.services.reporting.satisfaction import satisfaction
from app.ui.kit.rating import RatingDialog
from app.ui.shell.window import MainWindow
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.intake.accept import accept_dossier
from tests.support.offices import MORNING, intake_line, show_dossier
from tests.support.recording_desk import CODE, RecordingDesk, sheet

WaitUntilIdle = Callable[[Any], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def return_result(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    """Return the result of a dossier on its page."""
    desk.answers["ShowDossier"] = sheet(CODE, (Action.RETURN,))
    desk.answers["ActOnDossier"] = replace(sheet(CODE, (Action.TAKE_BACK,)), status=Status.RETURNED)
    window.open_dossier(CODE)
    wait_until_idle(window.runner)
    window.dossier.begin_action(Action.RETURN)
    assert window.dossier.rating.isHidden(), "no rating before the result is returned"
    window.dossier.action_form.submit_button.click()
    wait_until_idle(window.runner)


def test_return_offers_rating_once_and_one_key_records_it(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    return_result(window, desk, wait_until_idle)
    assert window.dossier.rating.isVisible()
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    wait_until_idle(window.runner)
    assert [(query.code, query.face, dict(query.points)) for query in desk.queries_of("RateDossier")] == [
        (CODE, SatisfactionFace.SATISFIED, {})
    ]
    assert not window.dossier.rating.isVisible() and "Hài lòng" in window.banner.text
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    wait_until_idle(window.runner)
    assert len(desk.queries_of("RateDossier")) == 1


@pytest.mark.parametrize("leave", ["esc", "next"])
def test_rating_closes_on_escape_and_next_scan(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, leave: str
) -> None:
    return_result(window, desk, wait_until_idle)
    if leave == "esc":
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert window.current_page_name == "dossier"
    else:
        window.handle_scan("6303260311000999")
        wait_until_idle(window.runner)
    assert not window.dossier.rating.isVisible() and desk.queries_of("RateDossier") == []


def test_rating_is_not_offered_when_rated_or_without_right(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    return_result(window, desk, wait_until_idle)
    window.dossier.rating.dismiss()
    rated = replace(sheet(CODE), status=Status.RETURNED, face=SatisfactionFace.SATISFIED)
    desk.answers["ActOnDossier"] = rated
    window.dossier._on_action_done(ActOnDossier(CODE, Action.RETURN), False, rated)
    assert not window.dossier.rating.isVisible()
    assert "Công dân đánh giá: Hài lòng" in window.dossier._facts.text()
    desk.facts = replace(desk.facts, rights=frozenset(Right) - {Right.SERVE_CITIZEN})
    window.dossier._on_action_done(ActOnDossier(CODE, Action.RETURN), False, replace(rated, face=None))
    assert not window.dossier.rating.isVisible()


def test_rating_refused_as_duplicate_shows_message_and_closes(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    return_result(window, desk, wait_until_idle)
    desk.answers["RateDossier"] = Refusal("rating_given", "code", code=CODE)
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert CODE in window.banner.text and not window.dossier.rating.isVisible()


def test_rating_details_are_answered_by_keys(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, qtbot: Any
) -> None:
    return_result(window, desk, wait_until_idle)
    QTest.keyClick(window, Qt.Key.Key_4, CTRL)
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(RatingDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert set(dialog.choices) == {3, 4, 5, 6, 7}, "indices derived from dates and registers have no question"
    QTest.keyClick(dialog.choices[3], Qt.Key.Key_1)
    QTest.keyClick(dialog.choices[7], Qt.Key.Key_3)
    dialog.comment.setText("Chờ lâu")
    desk.answers["RateDossier"] = Refusal("text_too_long", "comment", limit=500, length=600)
    QTest.keyClick(dialog, Qt.Key.Key_3, CTRL)
    wait_until_idle(window.runner)
    assert dialog.comment_box.error != "" and dialog.isVisible()
    assert desk.queries_of("RateDossier")[0].points == {3: 2, 7: 0}
    assert (
        desk.queries_of("RateDossier")[0].face == SatisfactionFace.DISSATISFIED
        and desk.queries_of("RateDossier")[0].comment == "Chờ lâu"
    )


def test_next_scan_closes_rating_details(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    return_result(window, desk, wait_until_idle)
    window.dossier.rater.open_details(CODE)
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(RatingDialog)
    window.handle_scan("6303260311000999")
    wait_until_idle(window.runner)
    assert window.findChildren(RatingDialog) == [] or not dialog.isVisible()
    assert desk.queries_of("RateDossier") == [] and window.current_page_name == "dossier"


def test_citizens_page_requires_code_before_rating_details(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    window.go_to_page("citizens")
    window.citizens.show_part("ratings")
    wait_until_idle(window.runner)
    more = window.citizens.findChild(QPushButton, "citizens.more")
    more.click()
    assert window.citizens.code_box.error != "" and window.findChildren(RatingDialog) == []
    window.citizens.code.setText(CODE)
    more.click()
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(RatingDialog)
    dialog.choices[4].set_value("1")
    dialog.findChild(QPushButton, "rate.very_satisfied").click()
    wait_until_idle(window.runner)
    assert desk.queries_of("RateDossier")[0].points == {4: 1} and window.citizens.code.text() == ""


def test_satisfaction_report_counts_rating_of_window(
    office: OfficeSession,
    open_window: Callable[..., MainWindow],
    wait_until_idle: WaitUntilIdle,
    qtbot: Any,
) -> None:
    code = office.write(accept_dossier, AcceptDossier.read(intake_line(), MORNING.date())).code
    office.write(act_on_dossier, ActOnDossier(code, Action.FINISH))
    window = open_window(office, started=True)
    window.open_dossier(code)
    qtbot.waitUntil(lambda: window.dossier.detail is not None)
    window.dossier.begin_action(Action.RETURN)
    window.dossier.action_form.submit_button.click()
    qtbot.waitUntil(window.dossier.rating.isVisible)
    QTest.keyClick(window, Qt.Key.Key_4, CTRL)
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(RatingDialog)
    for index, choice in dialog.choices.items():
        choice.set_value("2" if index != 7 else "1")
    dialog.findChild(QPushButton, "rate.very_satisfied").click()
    qtbot.waitUntil(lambda: "Rất hài lòng" in window.banner.text)
    wait_until_idle(window.runner)
    assert office.read(show_dossier, ShowDossier(code)).face == SatisfactionFace.VERY_SATISFIED
    day = MORNING.date()
    report = office.read(lambda days, _context, work: satisfaction(*days, work), (day, day))
    averages = {each.index: each.average for each in report.indices}
    assert averages == {1: 2.0, 2: 2.0, 3: 2.0, 4: 2.0, 5: 2.0, 6: 2.0, 7: 1.0, 8: 2.0, 9: 0.0}
    assert (report.score, report.grade, report.officers[0].score) == (15.0, "excellent", 9.0)
    window.close()
