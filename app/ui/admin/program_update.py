"""Update of the program from a file, started on the office page (F8)."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from app.office.update.start import read_update
from app.ui.kit.file_dialogs import choose_open_file
from app.ui.kit.runner import BannerMessage, Level, Runner
from app.wording.backups import place_troubles
from app.wording.program.update import confirm_update

if TYPE_CHECKING:
    from app.office.backup import BackupRound
    from app.office.update.installer_file import CheckedUpdate


class ProgramUpdate(QObject):
    """Choose a file, verify it, ask, back up, and close the window.

    Signal: `ready()` when the update starts as soon as the window is closed.
    """

    ready = Signal()

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._page = runner, parent

    def choose(self) -> None:
        """Ask for the installer."""
        file = choose_open_file(self._page, "Bộ cài Một Cửa mới", "Bộ cài Một Cửa (*.exe)")
        if file is not None:
            self.check(file)

    def check(self, file: Path) -> None:
        """Verify a file; a refusal is shown in the banner and nothing is written."""
        resources = self._runner.desk.facts.resources
        self._runner.run_background(
            lambda _task: read_update(file, resources), self._ask, activity="Đang kiểm tra tệp cập nhật"
        )

    def _ask(self, update: "CheckedUpdate") -> None:
        from app.machine.program_folder import installed_program

        program = installed_program()
        box = QMessageBox(self._page)
        box.setObjectName("update.question")
        box.setWindowTitle("Cập nhật Một Cửa")
        box.setText(confirm_update(program.version if program is not None else "", update.version))
        accept = box.addButton("Sao lưu và cập nhật", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Thôi  Esc", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(accept)
        box.exec()
        if box.clickedButton() is accept:
            self.start(update)

    def start(self, update: "CheckedUpdate") -> None:
        """Back up everywhere and stage the update."""
        desk = self._runner.desk
        self._runner.run_background(
            lambda _task: desk.plan_update(update),
            self._staged,
            activity="Đang sao lưu trước khi cập nhật",
            can_stop=False,
        )

    def _staged(self, backed_up: "BackupRound") -> None:
        troubles = place_troubles((place.folder, place.failure) for place in backed_up.places)
        if troubles:
            self._runner.message_posted.emit(BannerMessage(Level.WARNING, troubles))
        self.ready.emit()
