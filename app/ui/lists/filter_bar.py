"""Bar of the filter of a list: state, procedure, holder, channel, days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.models.enums import Channel, Status
from app.models.values.dossier_filter import ANY_DOSSIER, DossierFilter
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.dossiers.list_choices import FilterChoices
from app.wording.status import channel_name, status_name

_WIDTH = 168


class FilterBar(QWidget):
    """Fields of a filter, and the filter in words.

    Signals: `changed()` after each choice of the user.
    """

    changed = Signal()

    def __init__(self, name: str, with_days: bool) -> None:
        super().__init__()
        self._procedures: dict[str, str] = {}
        states = [(status_name(status), status) for status in Status]
        channels = [(channel_name(channel), channel) for channel in Channel]
        self.status = self._combo(f"{name}.status", "Mọi trạng thái", states)
        self.procedure = self._combo(f"{name}.procedure", "Mọi thủ tục", ())
        self.holder = self._combo(f"{name}.holder", "Ai giữ cũng được", ())
        self.channel = self._combo(f"{name}.channel", "Mọi kênh", channels)
        self.days, self.first, self.last = QCheckBox("Nhận trong các ngày"), DayEdit(), DayEdit()
        self.days.setObjectName(f"{name}.days")
        self.words = label(role="caption", wrap=True)
        self.words.setObjectName(f"{name}.words")
        self.words.hide()
        self.clear_button = button("Bỏ lọc", link=True)
        self.clear_button.clicked.connect(self.clear)
        boxes: list[QWidget] = [
            FieldBox("Trạng thái", self.status),
            FieldBox("Thủ tục", self.procedure),
            FieldBox("Đang giữ", self.holder),
            FieldBox("Kênh", self.channel),
        ]
        if with_days:
            boxes += [self.days, FieldBox("Từ ngày", self.first), FieldBox("Đến hết ngày", self.last)]
        foot = row(self.clear_button, self.words)
        foot.setStretch(1, 1)
        self.setLayout(column(FlowWidget(*boxes), foot, gap=GRID // 2))
        self.days.toggled.connect(self._show_words)
        self.first.day_changed.connect(self._choose_days)
        self.last.day_changed.connect(self._choose_days)
        self.clear_button.hide()

    def _combo(self, name: str, every: str, choices: Sequence[tuple[str, Any]]) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        combo.setFixedWidth(_WIDTH)
        combo.addItem(every, None)
        for text, value in choices:
            combo.addItem(text, value)
        combo.activated.connect(lambda _place: self._show_words())
        return combo

    def show_days(self, first: date, last: date) -> None:
        """Show the proposed days."""
        self.first.show_day(first)
        self.last.show_day(last)

    def show_choices(self, choices: FilterChoices) -> None:
        """List procedures and holders; a chosen one stays."""
        self._procedures = dict(choices.procedures)
        _fill(self.procedure, [(name, code) for code, name in choices.procedures])
        _fill(self.holder, [(name, name) for name in choices.holders])

    @property
    def filter(self) -> DossierFilter:
        """The chosen filter."""
        chosen = DossierFilter(
            status=self.status.currentData(),
            procedure=self.procedure.currentData() or "",
            holder=self.holder.currentData() or "",
            channel=self.channel.currentData(),
        )
        return replace(chosen, first=self.first.day, last=self.last.day) if self.days.isChecked() else chosen

    def clear(self) -> bool:
        """Choose every dossier; False if nothing was chosen."""
        if self.filter == ANY_DOSSIER:
            return False
        for combo in (self.status, self.procedure, self.holder, self.channel):
            combo.setCurrentIndex(0)
        if self.days.isChecked():
            self.days.setChecked(False)
        else:
            self._show_words()
        return True

    def _choose_days(self) -> None:
        if self.days.isChecked():
            self._show_words()
        else:
            self.days.setChecked(True)

    def _show_words(self, *_changed: object) -> None:
        chosen = self.filter
        text = filter_text(chosen, self._procedures.get(chosen.procedure, chosen.procedure))
        self.words.setText(text)
        self.words.setVisible(bool(text))
        self.clear_button.setVisible(bool(text))
        self.changed.emit()


def filter_text(chosen: DossierFilter, procedure: str) -> str:
    """Return the sentence of a filter, empty for every dossier.

    `procedure` is the name of its procedure.
    """
    parts = []
    if chosen.status:
        parts.append(f"trạng thái «{status_name(chosen.status)}»")
    if procedure:
        parts.append(f"thủ tục «{procedure}»")
    if chosen.holder:
        parts.append(f"{chosen.holder} đang giữ")
    if chosen.channel:
        parts.append(f"kênh {channel_name(chosen.channel).lower()}")
    if chosen.first and chosen.last:
        parts.append(f"nhận từ {chosen.first:%d/%m/%Y} đến hết {chosen.last:%d/%m/%Y}")
    return f"Chỉ hiện hồ sơ: {', '.join(parts)}." if parts else ""


def _fill(combo: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    chosen, text = combo.currentData(), combo.currentText()
    while combo.count() > 1:
        combo.removeItem(1)
    for name, value in choices:
        combo.addItem(name, value)
    if chosen is not None and combo.findData(chosen) < 0:
        combo.addItem(text, chosen)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
