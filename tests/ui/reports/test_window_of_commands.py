"""Window for what was only a command: frozen reports, MAP, posted papers."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.services.reporting.query import ReportQuery
from app.sheets.reading import read_sheet
from app.ui.lists.late_reasons import TITLE
from app.ui.reports.frozen_dialog import FrozenDialog
from app.ui.reports.targets_dialog import TargetsDialog
from app.ui.shell.window import MainWindow
from app.usecases.reporting.records import SetLateReason, SetReportTargets, set_late_reason
from app.usecases.reporting.tables import make_report
from tests.support.offices import Desk
from tests.support.pdf_reading import pages

LATE = "Ma vach;Han xu ly\n{code};05/01/2026\n"
REGISTER = "So;Ho ten;Loai;Ngay\n" + "".join(f"SC-{n};Nguyễn Văn An;khai sinh;0{n}/02/2026\n" for n in range(1, 4))


@pytest.fixture
def window(office_window: MainWindow) -> MainWindow:
    return office_window


def show(window: MainWindow, qtbot: Any, page: str) -> Any:
    window.go_to_page(page)
    qtbot.waitUntil(lambda: window.runner.idle)
    return getattr(window, page)


def test_frozen_report_shows_later_differences(window: MainWindow, qtbot: Any, counter: Desk, tmp_path: Path) -> None:
    now = counter.office.now()
    counter.take_in(now)
    page = show(window, qtbot, "reports")
    page.more.freeze()
    qtbot.waitUntil(lambda: window.runner.idle)
    counter.take_in(now + timedelta(minutes=1))
    dialog = FrozenDialog(page)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: window.runner.idle)
    [line] = dialog.lines.rows_model.rows
    shown = {each.column: (each.frozen, each.now) for each in dialog.differences.rows_model.rows}
    assert line.name == "06a" and shown["received"] == (1, 2)
    assert dialog.save.isEnabled() and dialog.export.isEnabled()
    file = tmp_path / "khac.xlsx"
    dialog.write_changes(file, line.id)
    qtbot.waitUntil(lambda: window.runner.idle)
    texts = {str(cell) for row in read_sheet(file.read_bytes(), file.name).rows for cell in row}
    assert {"tổng số tiếp nhận", "1", "2"} <= texts


def test_targets_are_saved(window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch, counter: Desk) -> None:
    page = show(window, qtbot, "reports")

    def answer(dialog: TargetsDialog) -> bool:
        dialog.survey.setValue(200)
        return True

    monkeypatch.setattr(TargetsDialog, "exec", answer)
    page.more.edit_targets()
    qtbot.waitUntil(lambda: window.runner.idle)
    dialog = TargetsDialog()
    qtbot.addWidget(dialog)
    assert dialog.command == SetReportTargets(None, None)
    day = counter.office.now().date()
    report = counter.office.read(make_report, ReportQuery("satisfaction", day, day))
    assert report.answer is not None and report.answer["target"] == 200


def test_map_names_the_columns_of_a_list_and_a_register(
    window: MainWindow, qtbot: Any, counter: Desk, tmp_path: Path
) -> None:
    code = counter.take_in(counter.office.now()).code
    page = show(window, qtbot, "tables")
    late, register, columns = (tmp_path / name for name in ("late.csv", "so.csv", "map.toml"))
    late.write_text(LATE.format(code=code), encoding="utf-8")
    register.write_text(REGISTER, encoding="utf-8")
    columns.write_text('[columns]\ncode = "Ma vach"\n', encoding="utf-8")
    page.kind.set_value("late")
    page.open_map(columns)
    page.open_file(late)
    qtbot.waitUntil(lambda: window.runner.idle)
    assert page.late is not None and page.late.rows == 1 and page.late.unknown == 0
    columns.write_text(
        '[columns]\ncode = "So"\napplicant = "Ho ten"\nprocedure = "Loai"\nreceived = "Ngay"\n'
        '[procedures]\n"khai sinh" = "1.001193"\n',
        encoding="utf-8",
    )
    page.kind.set_value("import")
    page.open_file(columns)
    page.open_file(register)
    qtbot.waitUntil(lambda: window.runner.idle)
    assert page.plan is not None and len(page.plan.entries) == 3
    page.shown.set_value("rows")
    model = page.sample.rows_model
    assert page._stack.currentWidget() is page.sample and len(model.rows) == 3
    assert "Chủ hồ sơ" in model.columns[1].title and model.columns[1].text(model.rows[0]) == "Nguyễn Văn An"


def test_posted_papers_and_publication(window: MainWindow, qtbot: Any, counter: Desk) -> None:
    page = show(window, qtbot, "catalogue")
    drawn: list[tuple[bytes, str]] = []
    page.sheet_print_requested.disconnect()
    page.sheet_print_requested.connect(lambda pdf, name: drawn.append((pdf, name)))
    page.table.selectRow(0)
    line = page.table.current
    page.posted.prepare("sheet", "A4", "Phiếu")
    qtbot.waitUntil(lambda: window.runner.idle)
    assert line.code in pages(drawn[0][0])[0].text and drawn[0][1] == "phiếu"
    page.toggle_published(line)
    qtbot.waitUntil(lambda: window.runner.idle)
    assert not page.table.rows_model.rows[0].published and page.table.rows_model.rows[1].published
    page.toggle_published(page.table.rows_model.rows[0])
    qtbot.waitUntil(lambda: window.runner.idle)
    assert page.table.rows_model.rows[0].published


def test_reason_of_a_holders_late_dossiers_from_the_board(window: MainWindow, qtbot: Any, counter: Desk) -> None:
    now = counter.office.now()
    codes = [counter.take_in(now - timedelta(days=30), procedure="1.001193").code for _ in range(3)]
    counter.take_in(now, procedure="1.001193")
    counter.office.write(set_late_reason, SetLateReason(codes[0], "Nguyên nhân khác"))
    page = show(window, qtbot, "worklist")
    page.view.set_value("people")
    qtbot.waitUntil(lambda: window.runner.idle)
    line = page.board.table.rows_model.rows[0]
    (entry,) = page.board.table.row_entries(line)
    assert entry.text == f"{TITLE} của 3 hồ sơ"
    entry.choices[0].on_chosen()
    qtbot.waitUntil(lambda: window.runner.idle)
    assert "cho 2 hồ sơ" in window.banner.text
    report = counter.office.read(make_report, ReportQuery("overdue", now.date() - timedelta(days=60), now.date()))
    reasons = {row["code"]: row["reason"] for row in report.table.rows}
    assert reasons == {codes[0]: "Nguyên nhân khác", **dict.fromkeys(codes[1:], entry.choices[0].text)}


def test_reason_of_a_late_dossier_from_the_worklist(window: MainWindow, qtbot: Any, counter: Desk) -> None:
    now = counter.office.now()
    code = counter.take_in(now - timedelta(days=30), procedure="1.001193").code
    page = show(window, qtbot, "worklist")
    line = next(row for row in page.model.rows if getattr(row, "code", "") == code)
    entry = next(entry for entry in page.table.row_entries(line) if entry.text == TITLE)
    entry.choices[0].on_chosen()
    qtbot.waitUntil(lambda: window.runner.idle)
    day = now.date()
    report = counter.office.read(make_report, ReportQuery("overdue", day - timedelta(days=60), day))
    assert [(row["code"], row["reason"]) for row in report.table.rows] == [(code, entry.choices[0].text)]
