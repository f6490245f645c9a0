"""Every dialog that asks where to save: cancelled, and used twice.

A cancelled one writes, records and shows nothing. What was saved can be saved again elsewhere.
"""

import ast
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton

from app.models.enums import PaperForm
from app.services.documents.register import RegisterTable
from app.sheets.sheet import Sheet
from app.ui.admin.national_dialog import NationalDialog
from app.ui.admin.recovery_page import RecoveryPageDialog
from app.ui.admin.sync_files_dialog import SyncFilesDialog
from app.ui.guide.founding_page import FoundingPage
from app.ui.guide.register_page import RegisterPage
from app.ui.kit.runner import Level
from app.ui.printing.preview import PreviewDialog
from app.ui.reports.frozen_dialog import FrozenDialog
from app.ui.shell.window import MainWindow
from app.usecases.intake.import_register import RefusedRegisterRow, RegisterPlan
from app.usecases.reporting.frozen import FrozenFile, FrozenLine, FrozenPeriod
from app.usecases.sync.national import BuiltNationalForm
from tests.support.recording_desk import CODE, NOW, RecordingDesk

APP = Path(__file__).resolve().parents[3] / "app"
WaitUntilIdle = Callable[[Any], None]
ASKING = {"choose_save_file", "getExistingDirectory"}
PLAN = RegisterPlan("so.csv", (), (), (), 0, (RefusedRegisterRow(2, "Thiếu tên."),), (), Sheet((("SC-9",),), (2,)))
DAY = NOW.date()
FROZEN = FrozenLine(1, "06a", FrozenPeriod(DAY, DAY), NOW, "Trần Thị Bình", "", "06a.xlsx", ())


class WritingDesk(RecordingDesk):
    """Recording desk that lists the commands in `written`."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.written: list[str] = []

    def write(self, fn: Callable[..., Any], query: Any, at: Any = None) -> Any:
        """Record a command."""
        self.written.append(type(query).__name__)
        return self.read(fn, query, at)

    def begin_recovery_page(self) -> Any:
        """Return a new page, which is dropped if it is abandoned."""
        return SimpleNamespace(pdf=lambda: b"%PDF-1.4", abandon=lambda: None)


@pytest.fixture
def desk(tmp_path: Path) -> WritingDesk:
    """Recording desk in a folder of its own."""
    folder = tmp_path / "office"
    folder.mkdir()
    return WritingDesk(folder)


@dataclass
class Place:
    """A window and its desk, in front of a question for a file."""

    window: MainWindow
    desk: WritingDesk
    wait_until_idle: WaitUntilIdle

    def wait(self) -> None:
        """Wait until every answer has arrived, and those that they ask for."""
        for _time in range(3):
            self.wait_until_idle(self.window.runner)

    def button(self, page: str, name: str) -> QPushButton:
        """Show a page and return a button of it."""
        self.window.go_to_page(page)
        self.wait()
        child = self.window.pages[page].findChild(QPushButton, name)
        assert isinstance(child, QPushButton), name
        return child


Ask = Callable[[], object]


def clicked(page: str, name: str) -> Callable[[Place], Ask]:
    """Return the way to a button of a page."""
    return lambda place: place.button(page, name).click


def recovery(place: Place) -> Ask:
    """A new recovery page that a second person approves."""
    place.desk.answers["ApproveKeyChange"] = None

    def ask() -> None:
        dialog = RecoveryPageDialog(place.window.runner, place.window)
        dialog.load()
        dialog.open()
        place.wait()
        dialog.submit()

    return ask


def national(place: Place) -> Ask:
    """The national form of a period, which the access log records."""
    place.desk.answers |= {"BuildNationalForm": BuiltNationalForm(b"{}", 12, 30, ()), "RecordNationalForm": None}
    dialog = NationalDialog(place.window.runner, place.window.sync)
    dialog.open()
    return dialog.export.click


def sync_again(place: Place) -> Ask:
    """A sync file that was built before."""
    answers = place.desk.answers
    answers["BuildBundle"] = replace(answers["BuildBundle"], sequence=3, stored=True)
    place.window.go_to_page("sync")

    def ask() -> None:
        dialog = SyncFilesDialog(place.window.runner, place.window.sync)
        dialog.chosen.connect(place.window.sync.save_again)
        dialog.open()
        place.wait()
        dialog.save.click()

    return ask


def messages(place: Place) -> Ask:
    """The waiting messages; the banner offers those that were exported."""
    button = place.button("notices", "notices.export")

    def ask() -> None:
        message = place.window.banner.message
        again = message.on_action if message is not None and message.level is Level.DONE else None
        (again or button.click)()

    return ask


def list_in_view(place: Place) -> Ask:
    """The rows of a table."""
    place.window.go_to_page("worklist")
    place.wait()
    place.desk.answers["ExportList"] = b"PK"
    return place.window.worklist.table.export_list


def register(place: Place) -> Ask:
    """The register of a month."""
    place.desk.answers["PrepareRegister"] = RegisterTable(DAY, DAY, ())
    return place.button("registers", "registers.export").click


def preview(place: Place) -> Ask:
    """A paper in the preview."""

    def ask() -> None:
        place.window.prints.preview(CODE, PaperForm.RECEIPT)
        place.wait()
        next(each for each in place.window.findChildren(PreviewDialog) if each.isVisible())._save()

    return ask


def frozen(place: Place) -> Ask:
    """A report that was handed over."""
    place.desk.answers |= {"ListFrozen": (FROZEN,), "ShowFrozen": FrozenFile(1, "", "06a.xlsx", b"PK")}
    dialog = FrozenDialog(place.window.reports)
    dialog.open()
    place.wait()
    return dialog.save.click


def frozen_changes(place: Place) -> Ask:
    """What has changed since a report was handed over."""
    frozen(place)
    place.desk.answers["FrozenChangesFile"] = b"PK"
    return next(each for each in place.window.findChildren(FrozenDialog) if each.isVisible()).export.click


def refused_rows(place: Place) -> Ask:
    """Rows of an old register that were left out."""
    page = place.window.tables
    place.window.go_to_page("tables")
    page.plan, page._import.refused = PLAN, list(PLAN.refused)
    return page._save_refused


def late_list(place: Place) -> Ask:
    """The answer to a list of late dossiers."""
    page = place.window.tables
    place.window.go_to_page("tables")
    page.file, page.content = Path("late.csv"), b""
    place.desk.answers["AnswerLateList"] = SimpleNamespace(file=b"PK")
    return page.save_word.clicked.emit


def report(place: Place) -> Ask:
    """The report in view."""
    place.window.go_to_page("reports")
    place.wait()
    return place.window.reports.to_excel.click


def guide_register(place: Place) -> Ask:
    """Rows of an old register, before there is an office."""
    page = RegisterPage(SimpleNamespace(), place.window.runner)
    page.setParent(place.window, Qt.WindowType.Window)
    page.plan = PLAN
    return page._save


def guide_sheet(place: Place) -> Ask:
    """The recovery page of a new office."""
    founded = SimpleNamespace(sheet=SimpleNamespace(pdf=b"%PDF-1.4"))
    page = FoundingPage(SimpleNamespace(founded=founded), place.window.runner)
    page.setParent(place.window, Qt.WindowType.Window)
    return page._choose_file


WAYS: dict[str, Callable[[Place], Ask]] = {
    "ui/admin/backup_card.py:_choose": clicked("office", "backup.second"),
    "ui/admin/backup_card.py:_save_guide": clicked("office", "backup.guide"),
    "ui/admin/national_dialog.py:_export": national,
    "ui/admin/recovery_page.py:_choose_file": recovery,
    "ui/admin/sms_sending.py:_choose_table": messages,
    "ui/admin/sync_page.py:_choose_place": clicked("sync", "sync.export"),
    "ui/admin/sync_page.py:_choose_place_again": sync_again,
    "ui/devices/scanners_section.py:_save_card": clicked("devices", "devices.card.keep"),
    "ui/guide/founding_page.py:_choose_file": guide_sheet,
    "ui/guide/register_page.py:_save": guide_register,
    "ui/kit/list_export.py:export_list": list_in_view,
    "ui/lists/registers.py:_export": register,
    "ui/printing/preview.py:_save": preview,
    "ui/reports/reports_page.py:_export": report,
    "ui/reports/foreign_page.py:_save_late": late_list,
    "ui/reports/foreign_page.py:_save_refused": refused_rows,
    "ui/reports/frozen_dialog.py:_choose_export": frozen_changes,
    "ui/reports/frozen_dialog.py:_choose_file": frozen,
}
"""Each function that asks where to save, and the way to it."""
NO_FILE = {"ui/admin/backup_card.py:_choose": "chooses a folder"}
ONCE = {"ui/admin/recovery_page.py:_choose_file": "the page is secret; another one is made instead"}
BEFORE = {
    "ui/admin/recovery_page.py:_choose_file": ["ApproveKeyChange"],
    "ui/printing/preview.py:_save": ["PreviewPaper"],
}
"""Commands before the question: the approval of the second person, and the preview itself."""


def asking_functions() -> set[str]:
    """Return the functions of the source that ask where to save."""
    functions = set()
    texts = {file: file.read_text(encoding="utf-8") for file in APP.rglob("*.py") if file.name != "file_dialogs.py"}
    for file in (file for file, text in texts.items() if any(name in text for name in ASKING)):
        for function in ast.walk(ast.parse(texts[file])):
            if not isinstance(function, ast.FunctionDef):
                continue
            calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
            if any(getattr(call, "id", getattr(call, "attr", "")) in ASKING for call in calls):
                functions.add(f"{file.relative_to(APP).as_posix()}:{function.name}")
    return functions


def test_every_question_for_a_file_is_known() -> None:
    assert set(WAYS) == asking_functions()


def caller() -> str:
    """Return the function of the program that opened the file dialog."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_code.co_filename.endswith("file_dialogs.py"):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).relative_to(APP).as_posix()}:{frame.f_code.co_name}"


class EscapeKey:
    """A person who presses Esc in each file dialog."""

    def __init__(self) -> None:
        self.callers: list[str] = []
        self._functions = {name: getattr(QFileDialog, name) for name in ("getSaveFileName", "getExistingDirectory")}

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Answer the dialogs that open from now on."""
        for name in self._functions:
            monkeypatch.setattr(QFileDialog, name, self._answering(name))

    def _answering(self, name: str) -> Callable[..., Any]:
        def answer(*words: Any, **options: Any) -> Any:
            self.callers.append(caller())
            QTimer.singleShot(0, self._press)
            return self._functions[name](*words, **options)

        return answer

    def _press(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and dialog.isVisible():
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            QTimer.singleShot(5, self._press)


def files_below(folder: Path) -> set[Path]:
    """Return the files of a folder without the settings of window and Qt."""
    settings = ("window.ini", "QtProject.conf")
    return {file for file in folder.rglob("*") if file.is_file() and file.name not in settings}


@pytest.mark.parametrize("name", WAYS)
def test_cancelled_question_writes_records_and_shows_nothing(
    window: MainWindow,
    desk: WritingDesk,
    wait_until_idle: WaitUntilIdle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    place, escape = Place(window, desk, wait_until_idle), EscapeKey()
    ask = WAYS[name](place)
    place.wait()
    escape.install(monkeypatch)
    files, written = files_below(tmp_path), list(desk.written)
    ask()
    place.wait()
    assert escape.callers == [name]
    assert files_below(tmp_path) == files
    assert desk.written == written + BEFORE.get(name, [])
    assert (window.banner.text, desk.backups.place) == ("", "")


@pytest.mark.parametrize("name", [name for name in WAYS if name not in {**NO_FILE, **ONCE}])
def test_what_was_saved_can_be_saved_again(
    window: MainWindow,
    desk: WritingDesk,
    wait_until_idle: WaitUntilIdle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    place, chosen = Place(window, desk, wait_until_idle), list[Path]()

    def choose(_parent: object, _title: str, proposed: str, *_words: Any, **_options: Any) -> tuple[str, str]:
        folder = tmp_path / f"stick-{len(chosen)}"
        folder.mkdir()
        chosen.append(folder / Path(proposed).name)
        return str(chosen[-1]), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    ask = WAYS[name](place)
    place.wait()
    for _time in range(2):
        ask()
        place.wait()
    contents = [next(folder.iterdir()).read_bytes() for folder in (file.parent for file in chosen)]
    assert len(contents) == 2 and contents[0]
    if not name.endswith(("registers.py:_export", "reports_page.py:_export", "sms_sending.py:_choose_table")):
        assert contents[0] == contents[1], "a workbook names the moment it was made"
    for dialog in window.findChildren(QDialog):
        dialog.reject()


@pytest.mark.parametrize("name", [name for name in WAYS if name not in NO_FILE])
def test_place_that_fails_is_named(
    window: MainWindow,
    desk: WritingDesk,
    wait_until_idle: WaitUntilIdle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    """The stick was pulled out between the choice and the writing."""
    place, stick = Place(window, desk, wait_until_idle), tmp_path / "USB của An"

    def choose(_parent: object, _title: str, proposed: str, *_words: Any, **_options: Any) -> tuple[str, str]:
        return str(stick / Path(proposed).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    ask = WAYS[name](place)
    place.wait()
    ask()
    place.wait()
    labels = [each.text() for each in QApplication.allWidgets() if isinstance(each, QLabel) and each.isVisible()]
    assert any(f"Không tới được «{stick}" in text for text in (window.banner.text, *labels))
    assert "Lỗi đã ghi vào nhật ký" not in window.banner.text and not stick.exists()
    for dialog in window.findChildren(QDialog):
        dialog.reject()
