"""Restore of a backup in the real window, before it opens.

A person fills the dialogs; everything else is the program's own: backup, keys, database and window.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from app import bootstrap
from app.bootstrap import open_office
from app.keys.key_file import read_key_file
from app.keys.recovery import new_recovery_key
from app.ui.admin.restore_dialog import RestoreDialog
from app.ui.shell.signin_dialog import SignInDialog
from app.ui.shell.window import MainWindow
from tests.cli.forgery import (
    COLLEAGUE,
    COLLEAGUE_PASSWORD,
    ForgedOffice,
    RealOffice,
    make_real_office,
    read_members,
    to_earlier_release,
    write_members,
)
from tests.support.offices import ADMIN, PASSWORD, desk_session, machine_now, use_profile

HAI, HAI_PASSWORD = COLLEAGUE, COLLEAGUE_PASSWORD
_POLL_MS = 20


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> RealOffice:
    return make_real_office(tmp_path_factory.mktemp("restore-window"))


@pytest.fixture
def lost(
    template: RealOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> RealOffice:
    """A copy of the office, on a machine that has not seen it before."""
    use_profile(monkeypatch, tmp_path / "state")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    request.addfinalizer(lambda: QApplication.instance().setStyleSheet(""))
    return template._replace(folder=Path(shutil.copytree(template.folder, tmp_path / "office")))


@pytest.fixture
def dialog(translated_app: Any, qtbot: Any, lost: RealOffice, tmp_path: Path) -> Iterator[RestoreDialog]:
    """The dialog on a new machine, with the backup chosen."""

    def restore(typed: Any, only_check: bool) -> Any:
        credentials = bootstrap.UnlockCredentials(typed.first.name, typed.first.secret, typed.recovery)
        return bootstrap.restore(
            tmp_path / "new", typed.backup, only_check, credentials, typed.second, typed.fingerprint
        )

    shown = RestoreDialog(restore, known_office=False)
    qtbot.addWidget(shown)
    shown.show()
    shown.file.setText(str(lost.backup))
    yield shown


def submit(dialog: RestoreDialog, qtbot: Any, *, only_check: bool = False) -> None:
    dialog.submit(only_check=only_check)
    qtbot.waitUntil(lambda: not dialog._busy)


def is_installed(folder: Path) -> bool:
    return (folder / "motcua.db").exists()


def test_new_machine_compares_the_fingerprint(
    dialog: RestoreDialog, lost: RealOffice, qtbot: Any, tmp_path: Path
) -> None:
    dialog.recovery.setText(lost.recovery)
    submit(dialog, qtbot, only_check=True)
    assert lost.fingerprint in dialog.state.text() and "2 hồ sơ" in dialog.state.text()
    submit(dialog, qtbot)
    assert "quét mã QR" in dialog.fingerprint_box.error and not is_installed(tmp_path / "new")
    for text, word in (("0" * 24, "không khớp"), ("abc", "6 nhóm")):
        dialog.fingerprint.setText(text)
        submit(dialog, qtbot)
        assert word in dialog.fingerprint_box.error and not is_installed(tmp_path / "new")
    dialog.fingerprint.clear()
    dialog.fingerprint.setFocus()
    QTest.keyClicks(dialog.fingerprint, lost.page_code)  # as a scanner types the code of the recovery page
    QTest.keyClick(dialog.fingerprint, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog._busy)
    assert "Dấu vân tay khớp" in dialog.state.text()
    assert not is_installed(tmp_path / "new"), "the Enter of a scanner restores nothing"
    submit(dialog, qtbot)
    assert "Đã phục hồi" in dialog.state.text() and is_installed(tmp_path / "new")
    assert not (dialog.recovery.text() or dialog.secret.text() or dialog.second_secret.text())
    dialog.restore_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted


@pytest.mark.parametrize(
    ("fields", "box"),
    [
        ({"recovery": new_recovery_key()}, "recovery_box"),
        ({"recovery": "AAAAA"}, "recovery_box"),
        ({"name": ADMIN, "secret": "sai hẳn rồi"}, "secret_box"),
        ({"name": ADMIN, "secret": PASSWORD}, "second_box"),
        ({"name": ADMIN, "secret": PASSWORD, "second": ADMIN, "second_secret": PASSWORD}, "second_box"),
        ({"name": ADMIN, "secret": PASSWORD, "second": HAI, "second_secret": "sai hẳn rồi"}, "second_secret_box"),
        ({"name": ADMIN, "secret": PASSWORD, "second": "Người Lạ", "second_secret": "x"}, "second_box"),
        ({"file": "không-có.mcbackup", "recovery": new_recovery_key()}, "file_box"),
        ({}, "name_box"),
    ],
)
def test_refusal_is_shown_at_its_field(
    dialog: RestoreDialog, lost: RealOffice, qtbot: Any, tmp_path: Path, fields: dict[str, str], box: str
) -> None:
    dialog.fingerprint.setText(lost.fingerprint)
    for name, text in fields.items():
        getattr(dialog, name).setText(text)
    submit(dialog, qtbot)
    assert getattr(dialog, box).error and "--" not in getattr(dialog, box).error
    assert "MOTCUA_" not in getattr(dialog, box).error and not is_installed(tmp_path / "new")


def test_forged_backup_is_refused(dialog: RestoreDialog, lost: RealOffice, qtbot: Any, tmp_path: Path) -> None:
    forged = ForgedOffice(tmp_path / "forged", read_key_file(lost.folder / "keys.json"))
    dialog.file.setText(str(forged.backup(tmp_path / "forged.mcbackup")))
    dialog.recovery.setText(lost.recovery)
    dialog.no_fingerprint.setChecked(True)
    submit(dialog, qtbot)
    assert "do người khác làm ra" in dialog.state.text() and not is_installed(tmp_path / "new")


def test_backup_of_an_earlier_release_needs_two_people(
    dialog: RestoreDialog, lost: RealOffice, qtbot: Any, tmp_path: Path
) -> None:
    to_earlier_release(lost.folder, lost.key)
    members = {name: (lost.folder / name).read_bytes() for name in read_members(lost.backup) if "backup" not in name}
    dialog.file.setText(str(write_members(tmp_path / "earlier.mcbackup", members)))
    dialog.recovery.setText(lost.recovery)
    dialog.fingerprint.setText(lost.fingerprint)
    submit(dialog, qtbot)
    assert "Để trống ô này" in dialog.fingerprint_box.error
    dialog.fingerprint.clear()
    dialog.no_fingerprint.setChecked(True)
    submit(dialog, qtbot)
    assert "hai người cùng nhận" in dialog.second_box.error and not is_installed(tmp_path / "new")
    for name, text in {"name": ADMIN, "secret": PASSWORD, "second": HAI, "second_secret": HAI_PASSWORD}.items():
        getattr(dialog, name).setText(text)
    submit(dialog, qtbot)
    assert "không chứng minh được" in dialog.state.text() and is_installed(tmp_path / "new")
    with desk_session(tmp_path / "new", ADMIN) as desk:
        assert [note.code for note in desk.office.notes] == ["recovery_page_due"]


class Person:
    """A person at the screen: a step for each window that appears, in order."""

    def __init__(self, *steps: tuple[type[QWidget], Callable[[Any], bool]]) -> None:
        self.steps = list(steps)
        self.timer = QTimer()
        self.timer.setInterval(_POLL_MS)
        self.timer.timeout.connect(self._look)
        self.timer.start()

    def _look(self) -> None:
        """Take the next step once its window is shown; True ends the step."""
        if not self.steps:
            self.timer.stop()
            return
        kind, act = self.steps[0]
        shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
        if shown and act(shown[0]):
            del self.steps[0]


def once(act: Callable[[Any], object]) -> Callable[[Any], bool]:
    def step(widget: Any) -> bool:
        act(widget)
        return True

    return step


def fill_in(lost: RealOffice) -> Callable[[RestoreDialog], None]:
    def act(dialog: RestoreDialog) -> None:
        dialog.file.setText(str(lost.backup))
        dialog.recovery.setText(lost.recovery)
        dialog.fingerprint.setText(lost.fingerprint)
        dialog.restore_button.click()

    return act


def go_on(dialog: RestoreDialog) -> bool:
    if not dialog._restored:
        return False
    dialog.restore_button.click()
    return True


def sign_in(dialog: SignInDialog) -> None:
    dialog.name.setEditText(ADMIN)
    dialog.secret.setText(PASSWORD)
    dialog.submit()


def close_when_idle(window: MainWindow) -> bool:
    if not (window._started and window.runner.idle):
        return False
    window.close()
    return True


def test_window_of_a_new_machine_restores_and_opens(translated_app: Any, lost: RealOffice, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    person = Person(
        (RestoreDialog, once(fill_in(lost))),
        (RestoreDialog, go_on),
        (SignInDialog, once(sign_in)),
        (MainWindow, close_when_idle),
    )
    assert bootstrap.show_window(folder, "", restore_first=True) == 0
    assert person.steps == []
    with desk_session(folder, ADMIN) as desk:
        assert int(desk.take_in(machine_now()).code[-4:]) >= 1000 and desk.check(machine_now()).ok


def test_cancelled_restore_opens_nothing(translated_app: Any, lost: RealOffice, tmp_path: Path) -> None:
    person = Person((RestoreDialog, once(lambda dialog: dialog.reject())))
    assert bootstrap.show_window(tmp_path / "new", "", restore_first=True) == 0
    assert person.steps == [] and not (tmp_path / "new").exists()


def test_office_page_closes_the_window_for_a_restore(translated_app: Any, lost: RealOffice) -> None:
    def request(window: MainWindow) -> bool:
        if not (window._started and window.runner.idle):
            return False
        window.go_to_page("office")
        window.restore_backup()
        return True

    def fill(dialog: RestoreDialog) -> None:
        assert not dialog.no_fingerprint.isVisible()
        dialog.file.setText(str(lost.backup))
        values = {"name": ADMIN, "secret": PASSWORD, "second": HAI, "second_secret": HAI_PASSWORD}
        for name, text in values.items():
            getattr(dialog, name).setText(text)
        dialog.restore_button.click()

    person = Person(
        (MainWindow, request),
        (RestoreDialog, once(fill)),
        (RestoreDialog, go_on),
        (SignInDialog, once(sign_in)),
        (MainWindow, close_when_idle),
    )
    assert bootstrap.show_window(lost.folder, ADMIN, None, PASSWORD) == 0
    assert person.steps == []
    assert list(lost.folder.glob("*truoc-phuc-hoi*"))
    open_office(lost.folder, ADMIN, None, PASSWORD).close()


def test_program_without_a_terminal_offers_the_restore(
    translated_app: Any, lost: RealOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", None)
    folder = tmp_path / "new"
    folder.mkdir()
    mark = {"epoch": "lost", "events": 1, "ended": []}
    (folder / "motcua.seen").write_text(json.dumps(mark), encoding="utf-8")

    def choose(box: QMessageBox) -> None:
        (restore,) = [each for each in box.buttons() if "Phục hồi" in each.text()]
        restore.click()

    person = Person(
        (QMessageBox, once(choose)),
        (RestoreDialog, once(fill_in(lost))),
        (RestoreDialog, go_on),
        (SignInDialog, once(sign_in)),
        (MainWindow, close_when_idle),
    )
    assert bootstrap.show_window(folder, ADMIN) == 0
    assert person.steps == [] and is_installed(folder)
