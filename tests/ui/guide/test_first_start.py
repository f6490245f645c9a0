"""A start without an office: its demonstration, a restore, a folder."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app import bootstrap
from app.bootstrap import _start_functions, create_office
from app.first_start import show_guide
from app.office.guide.answers import GuidePage
from app.office.guide.guide import Guide
from app.office.guide.places import GuidePlaces, find_data_folder, holds_office
from app.ui.admin.restore_dialog import RestoreDialog
from app.ui.guide.start_page import StartPage
from app.ui.guide.window import GuideWindow
from app.ui.shell.guide_run import show_restore
from app.ui.shell.window import MainWindow
from tests.office.guide.guide_places import tools
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD, desk_session, machine_now, use_profile

_POLL_MS = 50


class Person(QWidget):
    """A person at the screen who does one thing after the other.

    A step waits until its window is visible and the step returns True.
    """

    def __init__(self, *steps: tuple[type[QWidget], Callable[[Any], object]]) -> None:
        super().__init__()
        self._steps = list(steps)
        self.seen: list[str] = []
        timer = QTimer(self)
        timer.timeout.connect(self._act)
        timer.start(_POLL_MS)

    @property
    def finished(self) -> bool:
        """Whether every step is done."""
        return not self._steps

    def _act(self) -> None:
        if not self._steps:
            return
        kind, step = self._steps[0]
        shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
        if shown and step(shown[0]) is not False:
            self.seen.append(kind.__name__)
            self._steps.pop(0)


@pytest.fixture
def person_of(translated_app: Any, qtbot: Any) -> Iterator[Callable[..., Person]]:
    """Function that puts a person before the screen."""
    people: list[Person] = []

    def begin(*steps: tuple[type[QWidget], Callable[[Any], object]]) -> Person:
        people.append(Person(*steps))
        return people[-1]

    yield begin
    for person in people:
        person.deleteLater()


def choose(way: str) -> Callable[[GuideWindow], None]:
    def step(window: GuideWindow) -> None:
        page = window.view
        assert isinstance(page, StartPage)
        page.way.set_value(way)
        window.go_on()

    return step


def test_demonstration_leads_to_the_page_of_the_office(places: GuidePlaces, person_of: Callable[..., Person]) -> None:
    pages: list[GuidePage] = []

    def begin_real(window: MainWindow) -> object:
        button = window.header.findChild(QPushButton, "header.startReal")
        if button is None or not window.runner.idle:
            return False
        assert window.header.training.isVisible() and "MẪU" in window.header.training.full_text
        window.go_to_page("office")
        assert button.isVisible()
        QTest.qWait(0)
        button.click()
        return True

    def close(window: GuideWindow) -> None:
        pages.append(window.guide.page)
        window.close()

    person = person_of((GuideWindow, choose("demo")), (MainWindow, begin_real), (GuideWindow, close))
    assert show_guide(places, _start_functions()) == 0
    assert person.finished and pages == [GuidePage.OFFICE]
    assert holds_office(places.demo) and not holds_office(places.default)
    assert find_data_folder(places) == places.default


def test_start_without_an_office_shows_the_guide(
    tmp_path: Path, person_of: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profile(monkeypatch, tmp_path / "state")
    proposed: list[Path | None] = []

    def close(window: GuideWindow) -> None:
        proposed.append(window.guide.places.proposed)
        window.close()

    person_of((GuideWindow, close))
    assert bootstrap.main(["--data", str(tmp_path / "trống")]) == 0
    assert proposed == [tmp_path / "trống"] and not (tmp_path / "trống").exists()


def test_backup_is_restored_in_the_window(
    places: GuidePlaces, person_of: Callable[..., Person], tmp_path: Path, qtbot: Any
) -> None:
    _office, created = create_office(tmp_path / "máy cũ", OFFICE, False, None, PASSWORD, HASH_COST)
    with desk_session(tmp_path / "máy cũ", ADMIN) as desk:
        code = desk.take_in(machine_now()).code
        backup, _digest = desk.office.back_up(tmp_path)
    states: list[str] = []

    def fill(dialog: RestoreDialog) -> None:
        dialog.file.setText(str(backup))
        dialog.recovery.setText(created.recovery_key)
        dialog.submit(only_check=False)
        states.append(dialog.fingerprint_box.error)
        dialog.fingerprint.setText(created.fingerprint)
        dialog.submit(only_check=False)

    def accept(dialog: RestoreDialog) -> object:
        if dialog.restore_button.text() != "Đăng nhập":
            return False
        dialog.restore_button.click()
        return True

    person = person_of((RestoreDialog, fill), (RestoreDialog, accept))
    parent = QWidget()
    with ExitStack() as locks:
        guide = Guide(places, tools(locks))
        assert show_restore(guide, parent)
        guide.close()
    assert person.finished and "dấu vân tay" in states[0]
    with desk_session(places.default, ADMIN) as desk:
        assert desk.show(code, machine_now()).code == code


def test_existing_folder_is_opened_and_found_again(places: GuidePlaces, tmp_path: Path, qtbot: Any) -> None:
    create_office(tmp_path / "ổ D", OFFICE, False, None, PASSWORD, HASH_COST)
    with ExitStack() as locks:
        window = GuideWindow(Guide(places, tools(locks)), lambda _parent: False)
        window.show()
        window.open_existing(tmp_path / "không có")
        assert window.banner.isVisible() and window.result is None
        window.open_existing(tmp_path / "ổ D")
        assert window.result is not None and window.result.folder == tmp_path / "ổ D"
        qtbot.waitUntil(lambda: not window.isVisible())
        window.guide.close()
    assert find_data_folder(places) == tmp_path / "ổ D"
