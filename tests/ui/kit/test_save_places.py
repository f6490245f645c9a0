"""Places and names that a save dialog may be given.

A place that fails is named, and the file is saved elsewhere afterwards. Names get their ending, and a file of the same
name is replaced only after a question.
"""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QMessageBox, QWidget

from app.ui.kit.file_dialogs import choose_save_file
from app.ui.shell.window import MainWindow
from tests.cli.test_named_places import FOR_HOURS, MOMENT, Holder
from tests.faults.disks import MountDisk, fill, remount
from tests.ui.kit import test_save_dialogs
from tests.ui.kit.test_save_dialogs import NO_FILE, ONCE, WAYS, Place, WaitUntilIdle, WritingDesk, files_below

desk = test_save_dialogs.desk
Trouble = Callable[[Path, MountDisk], AbstractContextManager[Path]]
KINDS = "Bảng Excel (*.xlsx);;Tệp PDF (*.pdf)"
DECOMPOSED = unicodedata.normalize("NFD", "Sổ tháng ba")


@contextmanager
def full(_folder: Path, mount_disk: MountDisk) -> Iterator[Path]:
    stick = mount_disk("1m")
    ballast = fill(stick)
    yield stick
    ballast.unlink()


@contextmanager
def read_only(_folder: Path, mount_disk: MountDisk) -> Iterator[Path]:
    stick = mount_disk("1m")
    remount(stick, "ro")
    yield stick
    remount(stick, "rw")


@contextmanager
def held(folder: Path, _mount_disk: MountDisk) -> Iterator[Path]:
    """A spreadsheet has a file of this name open."""
    with pytest.MonkeyPatch.context() as meanwhile:
        Holder(meanwhile, folder, FOR_HOURS)
        yield folder


@contextmanager
def too_long(folder: Path, _mount_disk: MountDisk) -> Iterator[Path]:
    yield folder / ("n" * 300)


TROUBLES: dict[Trouble, str] = {
    full: "đã đầy, chưa ghi được gì vào đó",
    read_only: "chỉ cho đọc, chưa ghi được gì vào đó",
    held: "đang bị chương trình khác giữ, chưa ghi được gì vào đó",
    too_long: "dài quá, chưa ghi được gì vào đó",
}


def shown_texts(window: MainWindow) -> str:
    """Return the banner and every label in view."""
    labels = [each.text() for each in QApplication.allWidgets() if isinstance(each, QLabel) and each.isVisible()]
    return "\n".join((window.banner.text, *labels))


@pytest.mark.parametrize(
    "trouble",
    [pytest.param(full, marks=pytest.mark.posix), pytest.param(read_only, marks=pytest.mark.posix), held, too_long],
    ids=lambda trouble: trouble.__name__,
)
@pytest.mark.parametrize("name", [name for name in WAYS if name not in NO_FILE])
def test_place_that_fails_is_named_and_another_takes_the_file(
    window: MainWindow,
    desk: WritingDesk,
    wait_until_idle: WaitUntilIdle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    mount_disk: MountDisk,
    name: str,
    trouble: Trouble,
) -> None:
    place, folder, other = Place(window, desk, wait_until_idle), tmp_path / "USB của An", tmp_path / "Máy tính"
    folder.mkdir()
    other.mkdir()
    targets: list[Path] = []

    def choose(_parent: object, _title: str, proposed: str, *_words: Any, **_options: Any) -> tuple[str, str]:
        return str(targets[-1] / Path(proposed).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    ask = WAYS[name](place)
    place.wait()
    with trouble(folder, mount_disk) as target:
        targets.append(target)
        ask()
        place.wait()
        shown = shown_texts(window)
    assert f"«{target}" in shown and TROUBLES[trouble] in shown, shown
    assert {file.name for file in files_below(folder)} <= {"ballast"}
    if name in ONCE:
        return
    targets.append(other)
    ask()
    place.wait()
    assert len(files_below(other)) == 1, shown_texts(window)
    for dialog in window.findChildren(QDialog):
        dialog.reject()


@pytest.mark.parametrize("name", [name for name in WAYS if name not in NO_FILE])
def test_file_held_for_a_moment_is_saved_in_a_folder_with_marks_and_blanks(
    window: MainWindow,
    desk: WritingDesk,
    wait_until_idle: WaitUntilIdle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    place, folder = Place(window, desk, wait_until_idle), tmp_path / "Ổ của chị Ẫm" / DECOMPOSED
    folder.mkdir(parents=True)

    def choose(_parent: object, _title: str, proposed: str, *_words: Any, **_options: Any) -> tuple[str, str]:
        return str(folder / f"{DECOMPOSED} 01.03.2026{Path(proposed).suffix}"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    ask = WAYS[name](place)
    place.wait()
    with pytest.MonkeyPatch.context() as meanwhile:
        Holder(meanwhile, folder, MOMENT)
        ask()
        place.wait()
    (file,) = files_below(folder)
    assert file.stem == "Sổ tháng ba 01.03.2026" and file.read_bytes()
    for dialog in window.findChildren(QDialog):
        dialog.reject()


class Person:
    """A person who answers the file dialog and the question by keys."""

    def __init__(self, *steps: str) -> None:
        self.steps = list(steps)
        self.questions: list[str] = []
        QTimer.singleShot(0, self._take_step)

    def _take_step(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and dialog.isVisible():
            self._answer(dialog)
        elif isinstance(dialog, QMessageBox) and dialog.isVisible():
            self.questions.append(dialog.text())
            self._press(dialog)
        if self.steps:
            QTimer.singleShot(5, self._take_step)

    def _answer(self, dialog: QFileDialog) -> None:
        if self.steps[0] in ("Esc", "Enter"):
            self._press(dialog)
            return
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(name, QLineEdit)
        name.setText(self.steps.pop(0))
        QTest.keyClick(name, Qt.Key.Key_Return)

    def _press(self, dialog: QDialog) -> None:
        step = self.steps.pop(0)
        if step == "Ghi đè":
            next(each for each in dialog.findChildren(QWidget) if getattr(each, "text", str)() == step).click()
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape if step == "Esc" else Qt.Key.Key_Return)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder where the dialogs begin."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sổ", "sổ.xlsx"),
        ("Sổ 01.03.2026", "Sổ 01.03.2026.xlsx"),
        ("sổ.", "sổ.xlsx"),
        ("sổ.PDF", "sổ.PDF"),
        ("sổ.txt", "sổ.txt.xlsx"),
        (f"{DECOMPOSED}.xlsx", "Sổ tháng ba.xlsx"),
    ],
)
def test_name_gets_the_ending_of_its_type(window: MainWindow, home: Path, typed: str, name: str) -> None:
    assert choose(window, typed) == (home / name, [])


def choose(window: MainWindow, *steps: str) -> tuple[Path | None, list[str]]:
    """Ask for a file; return what a person chose, and the questions."""
    person = Person(*steps)
    return choose_save_file(window, "Lưu", "a.xlsx", KINDS), person.questions


@pytest.mark.parametrize("typed", ["sổ", "sổ.xlsx"])
@pytest.mark.parametrize("answer", ["Esc", "Enter"])
def test_file_of_the_name_is_kept_unless_the_person_agrees(
    window: MainWindow, home: Path, typed: str, answer: str
) -> None:
    (home / "sổ.xlsx").write_bytes(b"old")
    question = f"«sổ.xlsx» đã có trong thư mục «{home}». Ghi đè lên tệp này?"
    assert choose(window, typed, answer, "sổ mới") == (home / "sổ mới.xlsx", [question])
    assert choose(window, typed, answer, "Esc") == (None, [question])
    assert choose(window, typed, "Ghi đè") == (home / "sổ.xlsx", [question])
    assert (home / "sổ.xlsx").read_bytes() == b"old"


def test_old_file_with_a_decomposed_name_is_replaced_and_not_doubled(window: MainWindow, home: Path) -> None:
    old = home / f"{DECOMPOSED}.xlsx"
    old.write_bytes(b"old")
    assert choose(window, old.name, "Ghi đè")[0] == old
