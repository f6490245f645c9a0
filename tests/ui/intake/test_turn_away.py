"""Refusal at the counter: dialog, command, slip, and the list of slips."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.bootstrap import OfficeSession, open_office
from app.models.enums import PaperForm, Right
from app.models.errors import Refusal
from app.ui.intake.turn_away import TurnAwayDialog
from app.ui.printing.preview import PreviewDialog
from app.ui.printing.refusal_slips_dialog import CounterRefusalsDialog
from app.ui.shell.window import MainWindow
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.documents.print_queue import ListUnprinted, list_unprinted
from app.usecases.documents.refusal_slips import ListCounterRefusals, list_counter_refusals
from tests.support.offices import MORNING
from tests.support.recording_desk import AID, RecordingDesk
from tests.ui.intake.test_page import pick_procedure
from tests.ui.intake.test_real_office import TABLE, choose_procedure

WaitUntilIdle = Callable[[Any], None]


def turn_away(window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any) -> TurnAwayDialog:
    """Fill the form with a missing paper and open the dialog by Ctrl+T."""
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    window.intake.form.papers.tick(1)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = window.intake.turn_away_flow.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_refusal_carries_form_values(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, desk: RecordingDesk
) -> None:
    dialog = turn_away(window, wait_until_idle, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_3)
    QTest.keyClicks(dialog.other, "Xem them 2.")
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("RefuseAtCounter")
    assert command.intake.applicant.name == "Phùng Văn Đạt" and command.intake.procedure == "1.001193"
    assert command.reason.startswith("Thiếu giấy tờ: Giấy chứng sinh; trường hợp")
    assert command.reason.endswith("không thuộc đối tượng thực hiện thủ tục. Xem them 2.")
    assert window.intake.saved_banner.code == "05/PTC-TTPVHCC"
    assert window.intake.form.empty and window.intake.turn_away_flow.dialog is None
    assert desk.queries_of("SaveDraft")[-1].form is None
    (query,) = desk.queries_of("PreparePaper")
    assert (query.code, query.form) == ("PTC-2026-03-0005", PaperForm.REFUSAL)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle(window.runner)
    assert [query.form for query in desk.queries_of("PreparePaper")] == [PaperForm.REFUSAL] * 2


def test_receipt_is_reprinted_after_next_dossier(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, desk: RecordingDesk
) -> None:
    turn_away(window, wait_until_idle, qtbot).submit()
    wait_until_idle(window.runner)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"
    pick_procedure(window, "ks", wait_until_idle, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F9)
    wait_until_idle(window.runner)
    assert window.intake.last_paper[1] == PaperForm.RECEIPT


@pytest.mark.parametrize(("name", "words", "box"), [("", "ks", "name"), ("Phùng Văn Đạt", "", "procedure")])
def test_missing_values_are_reported_before_dialog(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, name: str, words: str, box: str
) -> None:
    if words:
        pick_procedure(window, words, wait_until_idle, qtbot)
    window.intake.form.submitter.name.setText(name)
    window.intake.turn_away()
    assert window.intake.turn_away_flow.dialog is None
    form = window.intake.form
    assert (form.submitter.boxes if box == "name" else form.boxes)[box].error != ""


def test_reason_is_required(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, desk: RecordingDesk
) -> None:
    dialog = turn_away(window, wait_until_idle, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    dialog.submit()
    assert dialog.other_box.error != "" and dialog.other.hasFocus()
    QTest.keyClick(dialog.other, Qt.Key.Key_Escape)
    wait_until_idle(window.runner)
    assert desk.queries_of("RefuseAtCounter") == []
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"


def test_refused_command_is_shown_in_form(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, desk: RecordingDesk
) -> None:
    dialog = turn_away(window, wait_until_idle, qtbot)
    desk.answers["RefuseAtCounter"] = Refusal("unknown_procedure", "procedure", procedure="1.001193")
    dialog.submit()
    wait_until_idle(window.runner)
    assert window.intake.turn_away_flow.dialog is None
    assert "1.001193" in window.intake.form.boxes["procedure"].error
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"


def test_doubted_clock_keeps_dialog_open(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, desk: RecordingDesk
) -> None:
    dialog = turn_away(window, wait_until_idle, qtbot)
    retries: list[Any] = []
    window.intake.clock_doubted.disconnect()
    window.intake.clock_doubted.connect(retries.append)
    slip, desk.answers["RefuseAtCounter"] = desk.answers["RefuseAtCounter"], Refusal("clock_before", None)
    dialog.submit()
    wait_until_idle(window.runner)
    assert len(retries) == 1 and dialog.isVisible() and dialog.submit_button.isEnabled()
    desk.answers["RefuseAtCounter"] = slip
    retries[0]()
    wait_until_idle(window.runner)
    assert window.intake.saved_banner.code == "05/PTC-TTPVHCC"


@pytest.mark.parametrize("scan", ["6303260311000999", "048199004217|…|HUỲNH THỊ ẪM Ỷ"])
def test_scan_closes_dialog_and_keeps_form(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, desk: RecordingDesk, scan: str
) -> None:
    turn_away(window, wait_until_idle, qtbot)
    window.handle_scan(scan)
    wait_until_idle(window.runner)
    assert window.intake.turn_away_flow.dialog is None and desk.queries_of("RefuseAtCounter") == []
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"


def test_missing_terms_do_not_prevent_refusal(
    window: MainWindow, wait_until_idle: WaitUntilIdle, qtbot: Any, desk: RecordingDesk
) -> None:
    form = window.intake.form
    form.choose_procedure(AID)
    form.submitter.name.setText("Phùng Văn Đạt")
    form.terms.elsewhere_tick.setChecked(True)
    window.intake.save()
    wait_until_idle(window.runner)
    assert desk.queries_of("AcceptDossier") == [], "term and agency are missing"
    window.intake.turn_away()
    QTest.keyClick(window.intake.turn_away_flow.dialog, Qt.Key.Key_2)
    window.intake.turn_away_flow.dialog.submit()
    wait_until_idle(window.runner)
    assert len(desk.queries_of("RefuseAtCounter")) == 1


def test_slips_are_listed_previewed_and_reprinted(
    window: MainWindow, wait_until_idle: WaitUntilIdle, desk: RecordingDesk
) -> None:
    window.go_to_page("registers")
    window.registers.findChild(QPushButton, "registers.slips").click()
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(CounterRefusalsDialog)
    assert [row.number for row in dialog.model.rows] == ["05/PTC-TTPVHCC", "04/PTC-TTPVHCC"]
    assert dialog.table.hasFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    dialog.print_button.click()
    wait_until_idle(window.runner)
    assert [query.code for query in desk.queries_of("PreviewPaper")] == ["PTC-2026-03-0004"]
    assert [query.code for query in desk.queries_of("PreparePaper")] == ["PTC-2026-03-0004"]
    assert len(window.findChildren(PreviewDialog)) == 1
    window.paper_dialogs.close_all()


def test_slips_dialog_without_print_right_or_rows(
    window: MainWindow, wait_until_idle: WaitUntilIdle, desk: RecordingDesk
) -> None:
    desk.facts = replace(desk.facts, rights=frozenset(Right) - {Right.PRINT})
    desk.answers["ListCounterRefusals"] = ()
    window.paper_dialogs.show_counter_refusals()
    wait_until_idle(window.runner)
    (dialog,) = window.findChildren(CounterRefusalsDialog)
    assert dialog.print_button.isHidden() and not dialog.view_button.isEnabled()
    assert not dialog.table.isVisible()
    desk.answers["ListCounterRefusals"] = Refusal("period_reversed", "from")
    dialog.reload()
    wait_until_idle(window.runner)
    assert dialog.period_box.error != ""
    window.paper_dialogs.close_all()


@pytest.fixture
def office(training_folder: Path) -> Iterator[OfficeSession]:
    """Training office with a procedure that requires a paper."""
    session = open_office(training_folder, "", MORNING)
    session.write(import_catalogue, ImportCatalogue(TABLE))
    yield session
    session.close()


def test_slip_is_recorded_and_queued_without_printer(
    office: OfficeSession,
    open_window: Callable[..., MainWindow],
    wait_until_idle: WaitUntilIdle,
    qtbot: Any,
) -> None:
    window = open_window(office, started=True)
    choose_procedure(window, "9.000001", qtbot)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    window.intake.form.papers.tick(0)
    window.intake.turn_away()
    window.intake.turn_away_flow.dialog.submit()
    qtbot.waitUntil(lambda: window.intake.saved_banner.code.startswith("01/PTC-"))
    qtbot.waitUntil(lambda: window.prints.queued_copies == 1)
    wait_until_idle(window.runner)
    day = MORNING.date()
    (line,) = office.read(list_counter_refusals, ListCounterRefusals(day, day))
    assert (line.name, line.reason) == ("Phùng Văn Đạt", "Thiếu giấy tờ: Đơn.")
    (waiting,) = office.read(list_unprinted, ListUnprinted())
    assert waiting.code == line.code and waiting.form == PaperForm.REFUSAL
    window.close()
