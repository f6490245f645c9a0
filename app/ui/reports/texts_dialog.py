"""Dialog of the text blocks of the narrative report."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from app.ui.kit.layouts import FieldGrid
from app.ui.kit.widgets import FieldBox, column, label
from app.wording.reports.quarter import HEADINGS

_HINT = "Số liệu do máy điền. Lời viết ở đây theo sau số liệu của mục, mỗi dòng một đoạn; kỳ sau giữ lại để sửa."


class TextsDialog(QDialog):
    """Edits one block after the other; `changed` has the edited texts."""

    def __init__(self, texts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Lời báo cáo")
        self.setObjectName("reports.texts")
        self._texts = dict(texts)
        self.changed: dict[str, str] = {}
        self.block = QComboBox()
        for key, heading in HEADINGS.items():
            self.block.addItem(heading, key)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumSize(560, 240)
        buttons = QDialogButtonBox()
        self.save = buttons.addButton("Lưu lời báo cáo", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Thôi", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        fields = FieldGrid(FieldBox("Mục", self.block), FieldBox("Nội dung", self.text), columns=1)
        hint = label(_HINT, "caption", wrap=True)
        self.setLayout(column(fields, hint, buttons, margin=16))
        self.block.currentIndexChanged.connect(self._show)
        self.text.textChanged.connect(self._remember)
        missing = next((place for place, key in enumerate(HEADINGS) if not self._texts.get(key)), 0)
        self.block.setCurrentIndex(missing)
        self._show()

    def _show(self) -> None:
        self.text.blockSignals(True)
        self.text.setPlainText(self._texts.get(str(self.block.currentData()), ""))
        self.text.blockSignals(False)

    def _remember(self) -> None:
        key = str(self.block.currentData())
        self._texts[key] = self.changed[key] = self.text.toPlainText()
