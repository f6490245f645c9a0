"""Card of this machine: colours, text size and sounds, applied at once."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from app.settings import TEXT_SIZES, MachineSettings
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Choice, FieldBox, column, command_button, label

_THEMES = (("system", "theo hệ thống"), ("light", "sáng"), ("dark", "tối"))
_NOTE = "Cỡ chữ đổi khi mở lại chương trình. Các mục này chỉ của máy này."


class MachineForm(QFrame):
    """Choices of this machine.

    Signals: `changed(MachineSettings)`; `listen_requested()`.
    """

    changed = Signal(object)
    listen_requested = Signal()

    def __init__(self, machine: MachineSettings) -> None:
        super().__init__()
        self.setObjectName("card")
        self._machine = machine
        self.theme = Choice(_THEMES, machine.theme)
        self.theme.setObjectName("settings.theme")
        self.text_size = Choice([(str(size), f"{size} %") for size in TEXT_SIZES], str(machine.text_size))
        self.text_size.setObjectName("settings.textSize")
        self.sounds = QCheckBox("Tiếng: chuông khi gọi số, tiếng báo khi quét")
        self.sounds.setObjectName("settings.sounds")
        self.sounds.setChecked(machine.sounds)
        self.listen = command_button("Nghe thử", "settings.listen", self.listen_requested.emit)
        themes, sizes = FieldBox("Màu màn hình", self.theme), FieldBox("Cỡ chữ", self.text_size)
        parts = (
            label("Máy này", "strong"),
            FieldGrid(themes, sizes, columns=1),
            FlowWidget(self.sounds, self.listen),
            label(_NOTE, "caption", wrap=True),
        )
        self.setLayout(column(*parts, margin=2 * GRID))
        self.theme.chosen.connect(self._change)
        self.text_size.chosen.connect(self._change)
        self.sounds.toggled.connect(self._change)

    def _change(self) -> None:
        self._machine = replace(
            self._machine,
            theme=self.theme.value,
            text_size=int(self.text_size.value),
            sounds=self.sounds.isChecked(),
        )
        self.changed.emit(self._machine)
