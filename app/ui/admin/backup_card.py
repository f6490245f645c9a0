"""Backup card of the office page (F8)."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from app.models.enums import Right
from app.models.instants import local_day
from app.office.chosen_places import save_chosen_file
from app.ui.kit.dates import format_day, format_time
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.runner import BannerMessage, Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row
from app.wording.backups import place_troubles

if TYPE_CHECKING:
    from app.office.backup import BackupRound

_NONE_YET = "Chưa có bản sao lưu nào."


class BackupCard(QFrame):
    """Card with the last backup, the second folder and the backup commands.

    The guide explains how to restore a backup on another machine.
    """

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.setObjectName("card")
        self._runner = runner
        self.last = label()
        self.second_place = label(wrap=True)
        buttons = row(
            self._button("Sao lưu ngay", "backup.now", self.back_up),
            self._button("Chọn nơi thứ hai", "backup.second", self._choose),
            self._button("Bỏ nơi thứ hai", "backup.none", lambda: self._set_second_folder(None)),
            self._button("Lưu hướng dẫn phục hồi", "backup.guide", self._save_guide),
        )
        buttons.addStretch(1)
        state = row(self.last, self.second_place, gap=3 * GRID)
        state.addStretch(1)
        about = label(
            "Tự sao lưu mỗi giờ khi có việc mới và khi đóng cửa sổ; chép thêm vào USB có thư mục motcua-sao-luu.",
            "caption",
            wrap=True,
        )
        self.setLayout(column(label("Sao lưu", "strong"), state, about, buttons, margin=2 * GRID))

    def reload(self) -> None:
        """Read the last backup and the second folder in the background."""
        backups = self._runner.desk.backups
        self._runner.run_background(
            lambda _ticket: (backups.last(), backups.second_folder()),
            self._show,
            activity="",
            on_error=lambda _error: True,
        )

    def back_up(self) -> None:
        """Start a backup round."""
        backups = self._runner.desk.backups
        self._runner.run_background(lambda _ticket: backups.run_now(), self._done, activity="Đang sao lưu")

    def _show(self, state: tuple[datetime | None, str]) -> None:
        last, second = state
        text = _NONE_YET if last is None else f"Bản gần nhất: {format_time(last)} ngày {format_day(local_day(last))}."
        self.last.setText(text)
        self.second_place.setText(f"Nơi thứ hai: {second or 'chưa chọn'}.")

    def _done(self, round_: "BackupRound") -> None:
        self.reload()
        troubles = place_troubles((place.folder, place.failure) for place in round_.places)
        success = f"Đã sao lưu vào {round_.file}."
        self._runner.message_posted.emit(
            BannerMessage(Level.WARNING if troubles else Level.DONE, f"{success} {troubles}".strip())
        )

    def _choose(self) -> None:
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly
        chosen = QFileDialog.getExistingDirectory(self, "Nơi sao lưu thứ hai", str(Path.home()), options)
        if chosen:
            self._set_second_folder(Path(chosen))

    def _set_second_folder(self, folder: Path | None) -> None:
        backups = self._runner.desk.backups
        self._runner.run_background(
            lambda _ticket: backups.set_second_folder(folder), lambda _done: self.reload(), activity="Đang ghi"
        )

    def _save_guide(self) -> None:
        file = choose_save_file(self, "Trang hướng dẫn phục hồi", "huong-dan-phuc-hoi.pdf", "PDF (*.pdf)")
        if file is not None:
            page = self._runner.desk.restore_page
            message = BannerMessage(
                Level.DONE, f"Đã ghi trang hướng dẫn vào {file}. In ra, cất cùng trang khóa phục hồi."
            )
            self._runner.run_background(
                lambda _ticket: save_chosen_file(file, page()),
                lambda _done: self._runner.message_posted.emit(message),
                activity="Đang ghi",
            )

    def _button(self, text: str, name: str, on_click: Callable[[], None]) -> QWidget:
        command_button = button(text)
        command_button.setObjectName(name)
        if Right.BACK_UP not in self._runner.desk.facts.rights:
            command_button.hide()
        command_button.clicked.connect(lambda _checked: on_click())
        return command_button
