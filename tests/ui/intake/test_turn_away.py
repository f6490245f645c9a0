"""Turning somebody away from the intake page: nothing typed twice, nothing lost, the slip numbered and printed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.bootstrap import OpenOffice, open_office
from app.models.enums import PaperForm, Right
from app.models.errors import Refusal
from app.ui.intake.turn_away import RefuseDialog
from app.ui.printing.preview import PreviewDialog
from app.ui.printing.refusal_slips_dialog import SlipsDialog
from app.ui.shell.window import MainWindow
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.documents.print_queue import ListUnprinted, list_unprinted
from app.usecases.documents.refusal_slips import ListSlips, list_slips
from tests.support.offices import MORNING
from tests.support.recording_desk import AID, RecordingDesk
from tests.ui.intake.test_page import pick
from tests.ui.intake.test_real_office import TABLE, choose, shown

Settle = Callable[[Any], None]


def turn_away(window: MainWindow, settled: Settle, qtbot: Any) -> RefuseDialog:
    """A birth to be registered, its certificate missing, and Ctrl+T."""
    pick(window, "ks", settled, qtbot)
    window.intake.form.papers.tick(1)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = window.intake.refuser.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_what_was_typed_is_carried_over(window: MainWindow, settled: Settle, qtbot: Any, desk: RecordingDesk) -> None:
    dialog = turn_away(window, settled, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_3)
    QTest.keyClicks(dialog.other, "Xem them 2.")
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    settled(window.runner)
    (command,) = desk.of("RefuseAtCounter")
    assert command.intake.applicant.name == "Phùng Văn Đạt" and command.intake.procedure == "1.001193"
    assert command.reason.startswith("Thiếu giấy tờ: Giấy chứng sinh; trường hợp")
    assert command.reason.endswith("không thuộc đối tượng thực hiện thủ tục. Xem them 2.")
    assert window.intake.saved.code == "05/PTC-TTPVHCC"
    assert window.intake.form.empty and window.intake.refuser.dialog is None
    assert desk.of("KeepDraft")[-1].form is None
    (asked,) = desk.of("PreparePaper")
    assert (asked.code, asked.form) == ("PTC-2026-03-0005", PaperForm.REFUSAL)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settled(window.runner)
    assert [each.form for each in desk.of("PreparePaper")] == [PaperForm.REFUSAL] * 2


def test_a_receipt_is_printed_again_once_a_dossier_came_after(
    window: MainWindow, settled: Settle, qtbot: Any, desk: RecordingDesk
) -> None:
    turn_away(window, settled, qtbot).give()
    settled(window.runner)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"
    pick(window, "ks", settled, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F9)
    settled(window.runner)
    assert window.intake.last_paper[1] == PaperForm.RECEIPT


@pytest.mark.parametrize(("name", "words", "box"), [("", "ks", "name"), ("Phùng Văn Đạt", "", "procedure")])
def test_the_form_says_what_is_missing_before_any_reason(
    window: MainWindow, settled: Settle, qtbot: Any, name: str, words: str, box: str
) -> None:
    if words:
        pick(window, words, settled, qtbot)
    window.intake.form.submitter.name.setText(name)
    window.intake.turn_away()
    assert window.intake.refuser.dialog is None
    form = window.intake.form
    assert (form.submitter.boxes if box == "name" else form.boxes)[box].error != ""


def test_without_a_reason_nothing_is_done(window: MainWindow, settled: Settle, qtbot: Any, desk: RecordingDesk) -> None:
    dialog = turn_away(window, settled, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    dialog.give()
    assert dialog.other_box.error != "" and dialog.other.hasFocus()
    QTest.keyClick(dialog.other, Qt.Key.Key_Escape)
    settled(window.runner)
    assert desk.of("RefuseAtCounter") == []
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"


def test_a_refusal_of_the_core_stands_beside_its_field(
    window: MainWindow, settled: Settle, qtbot: Any, desk: RecordingDesk
) -> None:
    dialog = turn_away(window, settled, qtbot)
    desk.answers["RefuseAtCounter"] = Refusal("unknown_procedure", "procedure", procedure="1.001193")
    dialog.give()
    settled(window.runner)
    assert window.intake.refuser.dialog is None
    assert "1.001193" in window.intake.form.boxes["procedure"].error
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"


def test_a_doubted_clock_is_settled_first_and_the_reason_waits(
    window: MainWindow, settled: Settle, qtbot: Any, desk: RecordingDesk
) -> None:
    dialog = turn_away(window, settled, qtbot)
    doubts: list[Any] = []
    window.intake.clock_doubted.disconnect()
    window.intake.clock_doubted.connect(doubts.append)
    good, desk.answers["RefuseAtCounter"] = desk.answers["RefuseAtCounter"], Refusal("clock_before", None)
    dialog.give()
    settled(window.runner)
    assert len(doubts) == 1 and dialog.isVisible() and dialog.do_it.isEnabled()
    desk.answers["RefuseAtCounter"] = good
    doubts[0]()
    settled(window.runner)
    assert window.intake.saved.code == "05/PTC-TTPVHCC"


@pytest.mark.parametrize("scan", ["6303260311000999", "048199004217|…|HUỲNH THỊ ẪM Ỷ"])
def test_a_scan_closes_the_reasons_and_loses_nothing_typed(
    window: MainWindow, settled: Settle, qtbot: Any, desk: RecordingDesk, scan: str
) -> None:
    turn_away(window, settled, qtbot)
    window.read_scan(scan)
    settled(window.runner)
    assert window.intake.refuser.dialog is None and desk.of("RefuseAtCounter") == []
    assert window.intake.form.submitter.name.text() == "Phùng Văn Đạt"


def test_what_only_a_dossier_needs_stops_no_refusal(
    window: MainWindow, settled: Settle, qtbot: Any, desk: RecordingDesk
) -> None:
    form = window.intake.form
    form.take_procedure(AID)
    form.submitter.name.setText("Phùng Văn Đạt")
    form.terms.elsewhere_tick.setChecked(True)
    window.intake.save()
    settled(window.runner)
    assert desk.of("AcceptDossier") == [], "neither term nor agency is told"
    window.intake.turn_away()
    QTest.keyClick(window.intake.refuser.dialog, Qt.Key.Key_2)
    window.intake.refuser.dialog.give()
    settled(window.runner)
    assert len(desk.of("RefuseAtCounter")) == 1


def test_the_slips_are_listed_seen_and_printed_again(window: MainWindow, settled: Settle, desk: RecordingDesk) -> None:
    window.go("registers")
    window.registers.findChild(QPushButton, "registers.slips").click()
    settled(window.runner)
    (dialog,) = window.findChildren(SlipsDialog)
    assert [row.number for row in dialog.model.rows] == ["05/PTC-TTPVHCC", "04/PTC-TTPVHCC"]
    assert dialog.table.hasFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    dialog.again.click()
    settled(window.runner)
    assert [each.code for each in desk.of("PreviewPaper")] == ["PTC-2026-03-0004"]
    assert [each.code for each in desk.of("PreparePaper")] == ["PTC-2026-03-0004"]
    assert len(window.findChildren(PreviewDialog)) == 1
    window.papers.close_all()


def test_who_may_not_print_is_not_offered_it_and_no_days_says_how_to_begin(
    window: MainWindow, settled: Settle, desk: RecordingDesk
) -> None:
    desk.facts = replace(desk.facts, rights=frozenset(Right) - {Right.PRINT})
    desk.answers["ListSlips"] = ()
    window.papers.show_slips()
    settled(window.runner)
    (dialog,) = window.findChildren(SlipsDialog)
    assert dialog.again.isHidden() and not dialog.see.isEnabled()
    assert not dialog.table.isVisible()
    desk.answers["ListSlips"] = Refusal("period_reversed", "from")
    dialog.reload()
    settled(window.runner)
    assert dialog.period_box.error != ""
    window.papers.close_all()


@pytest.fixture
def office(training_folder: Path) -> Iterator[OpenOffice]:
    """A training office on a Monday morning."""
    opened = open_office(training_folder, "", MORNING)
    opened.write(import_catalogue, ImportCatalogue(TABLE))
    yield opened
    opened.close()


def test_a_real_slip_waits_for_a_printer_and_is_on_record(
    speaking: Any, office: OpenOffice, settled: Settle, qtbot: Any
) -> None:
    window = shown(office, qtbot)
    choose(window, "9.000001", qtbot)
    window.intake.form.submitter.name.setText("Phùng Văn Đạt")
    window.intake.form.papers.tick(0)
    window.intake.turn_away()
    window.intake.refuser.dialog.give()
    qtbot.waitUntil(lambda: window.intake.saved.code.startswith("01/PTC-"))
    qtbot.waitUntil(lambda: window.prints.copies_waiting == 1)
    settled(window.runner)
    day = MORNING.date()
    (line,) = office.read(list_slips, ListSlips(day, day))
    assert (line.name, line.reason) == ("Phùng Văn Đạt", "Thiếu giấy tờ: Đơn.")
    (waiting,) = office.read(list_unprinted, ListUnprinted())
    assert waiting.code == line.code and waiting.form == PaperForm.REFUSAL
    window.close()
