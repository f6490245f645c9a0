"""Settings page, reached from the office page (F8)."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from app.machine import sounds
from app.models.enums import Right
from app.models.errors import Refusal
from app.settings import MachineSettings, Office
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.style import GRID, apply_palette, apply_stylesheet, current_colours, theme_colours
from app.ui.kit.widgets import button, column, row
from app.ui.settings.machine_form import MachineForm
from app.ui.settings.office_form import OfficeForm
from app.usecases.office.paper_preview import PreviewOfficePaper, preview_office_paper
from app.wording.citizens import call_words
from app.wording.refusals import error_sentence

_SAVED = "Đã ghi vào office.toml, dùng ngay từ giấy sau. Giấy đã in và ngày đã hẹn không đổi."
_NO_SOUND = "Máy này không phát được tiếng. Xem loa, hoặc tắt mục tiếng ở đây; việc khác không bị ảnh hưởng."
_SPOKEN = "Đã phát chuông và đọc số bằng giọng tiếng Việt của máy."
_ONLY_CHIME = "Đã phát chuông. Máy không có giọng tiếng Việt nên chỉ có chuông."
_UNCHANGED = "Chưa có mục nào thay đổi."


class SettingsPage(Page):
    """Page of the office file's lines and of this machine.

    Signals: `document_ready(name, prepared)` for a paper to preview; `office_changed()`.
    """

    document_ready = Signal(str, object)
    office_changed = Signal()
    title = "Cài đặt"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        editable = Right.EDIT_OFFICE in runner.desk.facts.rights
        self.office = OfficeForm(runner.desk.facts.office, editable)
        self.machine = MachineForm(runner.desk.machine)
        self.save_button, self.preview_button = button("Ghi thay đổi", main=True), button("Xem thử giấy")
        self.save_button.setObjectName("settings.save")
        self.preview_button.setObjectName("settings.preview")
        self.restore_button = button("Bỏ thay đổi")
        self.save_button.clicked.connect(self.save)
        self.preview_button.clicked.connect(self.preview)
        self.restore_button.clicked.connect(self.restore)
        self.machine.changed.connect(self._change_machine)
        self.machine.listen_requested.connect(self._listen)
        commands = row(self.save_button, self.preview_button, self.restore_button)
        commands.addStretch(1)
        inner = column(commands, self.office, self.machine, gap=2 * GRID)
        inner.addStretch(1)
        self.setLayout(inner)
        for each in (self.save_button, self.preview_button, self.restore_button):
            each.setVisible(editable)

    @property
    def _facts_office(self) -> Office:
        return self.runner.desk.facts.office

    def reload(self) -> None:
        """Show the office, unless something typed is not saved."""
        if not self.office.is_changed(self._facts_office):
            self.restore()

    def focus_start(self) -> None:
        """Focus the first field."""
        self.office.fields["name"].setFocus()

    def restore(self) -> None:
        """Show the office as it is in the file."""
        for box in self.office.boxes.values():
            box.clear_error()
        self.office.show_office(self._facts_office)

    def back(self) -> bool:
        """Put back what is not saved."""
        changed = self.office.is_changed(self._facts_office)
        if changed:
            self.restore()
        return changed

    def save(self) -> None:
        """Write the changed lines to the office file."""
        try:
            changes = self.office.changes(self._facts_office)
        except Refusal as refusal:
            self._show_error(refusal)
            return
        if not changes:
            self.post_message(Level.WARNING, _UNCHANGED)
            return
        job = partial(self.runner.desk.edit_office, changes)
        self.runner.run_serial(job, self._saved, activity="Đang ghi cài đặt", on_error=self._show_error)

    def _saved(self, _office: Office) -> None:
        self.restore()
        self.post_message(Level.DONE, _SAVED)
        self.office_changed.emit()

    def preview(self) -> None:
        """Show a paper with the typed lines; nothing is written."""
        try:
            office = self.runner.desk.edited_office(self.office.changes(self._facts_office))
        except Refusal as refusal:
            self._show_error(refusal)
            return
        on_result = partial(self.document_ready.emit, "giay-xem-thu")
        query = PreviewOfficePaper(office)
        self.runner.read(preview_office_paper, query, on_result, activity="Đang dựng giấy", on_error=self._show_error)

    def _show_error(self, error: Exception) -> bool:
        if not isinstance(error, Refusal):
            return False
        key = error.field or ""
        box = self.office.boxes.get(key) or self.office.boxes.get(f"{key}.mon")
        if box is None:
            self.post_message(Level.ERROR, error_sentence(error))
        else:
            box.show_error(error_sentence(error))
        return True

    def _listen(self) -> None:
        """Play the chime of a call, and speak if the system can."""
        file = self.runner.desk.facts.resources / "sounds" / "call.wav"

        def job(_task: object) -> tuple[bool, bool]:
            played = sounds.play(file)
            return played, played and sounds.speak(call_words(1, 1))

        self.runner.run_background(job, self._listened, activity="Đang phát tiếng")

    def _listened(self, outcome: tuple[bool, bool]) -> None:
        played, spoken = outcome
        if not played:
            self.post_message(Level.WARNING, _NO_SOUND)
        else:
            self.post_message(Level.DONE, _SPOKEN if spoken else _ONLY_CHIME)

    def _change_machine(self, machine: MachineSettings) -> None:
        job = partial(self.runner.desk.change_machine, machine)
        self.runner.run_serial(job, partial(self._show_theme, machine.theme), activity="Đang ghi cài đặt")

    def _show_theme(self, theme: str, _none: None) -> None:
        application, colours = QApplication.instance(), theme_colours(theme)
        if colours != current_colours() and isinstance(application, QApplication):
            apply_palette(application, colours)
            apply_stylesheet(application, colours, self.runner.desk.facts.resources)
