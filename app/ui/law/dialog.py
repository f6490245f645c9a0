"""Dialog of a law package: issuer, old beside new, two people's yes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.models.enums import Right
from app.models.errors import Refusal
from app.services.law_packages.change_cells import law_cells
from app.services.law_packages.form_samples import FormChange
from app.services.law_packages.planning import LawChange
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_day
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.second_person import SecondPerson
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import ElidedLabel, FieldBox, button, column, label, row
from app.ui.law.compare import LawCompare
from app.usecases.law.packages import (
    AppliedLaw,
    ApplyLaw,
    LawPreview,
    ShowLaw,
    ShowLawForms,
    apply_law,
    show_law,
    show_law_forms,
)
from app.wording.refusals import error_sentence

_LOADING = "Đang xem gói…"
_EMPTY = "Gói này không thay đổi gì ở đây, hoặc đã áp dụng rồi."
_HOW = "Hồ sơ đã nhận giữ quy định lúc nhận. Áp dụng cần người thứ hai cùng xem, và được ghi vào nhật ký truy cập."
_ISSUER_FIELDS = ("fingerprint",)
_MOST_SHOWN = 12
_COLUMNS = (
    Column("Loại", lambda cells: cells.what, 160),
    Column("Nội dung", lambda cells: cells.subject, 264),
    Column("Đang có", lambda cells: cells.before, 248),
    Column("Sẽ là", lambda cells: cells.after),
)


class LawDialog(QDialog):
    """Dialog of one law package.

    The chosen change is shown side by side below the list, a form as pictures of its pages.

    Signal: `applied(sentence)` after the package was applied.
    """

    applied = Signal(str)

    def __init__(self, runner: Runner, data: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._data = runner, data
        self.setWindowTitle("Gói pháp luật")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = label(role="strong", wrap=True)
        self.source, self.touched = ElidedLabel(), ElidedLabel()
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Những thay đổi của gói")
        self.table.setObjectName("law.changes")
        self.second = SecondPerson(runner)
        self.second.hide()
        self._forms: dict[tuple[str, str], FormChange] = {}
        self._changes: dict[int, LawChange] = {}
        self.compare = LawCompare(runner)
        self.compare.hide()
        self._issuer_part = self._issuer_widget()
        self._table_part = TableOrHint(self.table, _LOADING, cut_line=False)
        self.table.selectionModel().currentChanged.connect(self._show_change)
        self.apply_button = button("Đồng ý, áp dụng", main=True)
        self.apply_button.setObjectName("law.apply")
        self.apply_button.setEnabled(False)
        self.apply_button.clicked.connect(self._apply)
        later_button = button("Để sau  Esc")
        later_button.clicked.connect(self.reject)
        foot = row()
        foot.addStretch(1)
        for each in (self.apply_button, later_button):
            foot.addWidget(each)
        how = label(_HOW, "caption", wrap=True)
        upper = (self.heading, self.source, self._issuer_part, self._table_part, self.compare, self.touched)
        box = column(*upper, how, self.second, foot, gap=GRID // 2, margin=GRID)
        box.setStretch(3, 2)
        box.setStretch(4, 5)
        self.setLayout(box)
        resize_on_screen(self, 1240, 720)

    def _issuer_widget(self) -> QWidget:
        """Return the field in which a person types the issuer's fingerprint."""
        self.fingerprint = QLineEdit()
        self.fingerprint.setObjectName("law.fingerprint")
        self.fingerprint_box = FieldBox("Dấu vân tay nghe nơi ban hành đọc qua điện thoại", self.fingerprint)
        compare = button("So, rồi xem gói")
        compare.setObjectName("law.compare")
        compare.clicked.connect(self.load)
        self.fingerprint.returnPressed.connect(self.load)
        part = QWidget()
        self.unknown = label(role="warning", wrap=True)
        fields = row(self.fingerprint_box, compare)
        fields.addStretch(1)
        part.setLayout(column(self.unknown, fields))
        part.hide()
        return part

    def load(self) -> None:
        """Read what the package would change."""
        self.fingerprint_box.clear_error()
        self._runner.read(
            show_law,
            ShowLaw(self._data, self.fingerprint.text()),
            self._show,
            key="law",
            on_error=self._refused,
            activity="Đang xem gói",
            loads=self.model,
        )

    def _show(self, preview: LawPreview) -> None:
        self.heading.setText(f"{preview.title}, hiệu lực từ {format_day(preview.valid_from)}")
        self.source.set_full_text(f"{preview.issuer} · {preview.decision} · mã gói {preview.id}")
        self._issuer_part.hide()
        self._table_part.show()
        self._table_part.hint.setText(_EMPTY)
        rows = [law_cells(change) for change in preview.changes]
        self._changes = {id(cells): change for cells, change in zip(rows, preview.changes, strict=True)}
        self.model.show_rows(rows)
        self.compare.setVisible(bool(rows))
        self.table.go_to_first()
        if preview.has_forms:
            query = ShowLawForms(self._data, self.fingerprint.text())
            self._runner.read(show_law_forms, query, self._show_forms, key="law.forms", activity="Đang xem mẫu giấy")
        self.touched.set_full_text(_touched_text(preview.touched))
        may_apply = Right.EDIT_OFFICE in self._runner.desk.facts.rights
        self.apply_button.setEnabled(bool(preview.changes) and may_apply)
        if preview.changes and may_apply:
            self.second.load()
        self.table.setFocus()

    def _show_forms(self, forms: tuple[FormChange, ...]) -> None:
        self._forms = {(form.kind, form.key): form for form in forms}
        self._show_change()

    def _show_change(self) -> None:
        """Show the current change side by side: pages of a form, else words."""
        cells = self.table.current
        change = self._changes.get(id(cells))
        if change is None:
            return
        form = self._forms.get((change.kind, change.key))
        if form is None:
            self.compare.show_words(cells)
        else:
            self.compare.show_form(form)

    def _apply(self) -> None:
        self.apply_button.setEnabled(False)
        self._runner.write(
            apply_law,
            ApplyLaw(self._data, self.second.credentials(), self.fingerprint.text()),
            self._done,
            changes=frozenset({Changed.LAW}),
            on_error=self._refused,
            activity="Đang áp dụng gói",
        )

    def _done(self, law: AppliedLaw) -> None:
        self.accept()
        self.applied.emit(f"Đã áp dụng «{law.title}», hiệu lực từ {format_day(law.valid_from)}.")

    def _refused(self, error: Exception) -> bool:
        """Ask for the fingerprint or the second person; else close.

        The window's banner then shows the refusal.
        """
        if self.second.show_error(error):
            self.apply_button.setEnabled(True)
            return True
        if isinstance(error, Refusal) and error.code == "law_issuer_unknown":
            self._ask_fingerprint(error)
            return True
        if isinstance(error, Refusal) and error.field in _ISSUER_FIELDS:
            self.fingerprint_box.show_error(error_sentence(error))
            return True
        self.reject()
        return False

    def _ask_fingerprint(self, error: Refusal) -> None:
        """Show the fingerprint of an issuer that the office does not know."""
        self.heading.setText("Nơi ban hành chưa được cơ quan xác nhận")
        self.unknown.setText(error_sentence(error))
        self._table_part.hide()
        self.compare.hide()
        self._issuer_part.show()
        self.fingerprint.setFocus()


def _touched_text(codes: tuple[str, ...]) -> str:
    if not codes:
        return "Không có hồ sơ đang giải quyết nào liên quan."
    more = f" và {len(codes) - _MOST_SHOWN} hồ sơ khác" if len(codes) > _MOST_SHOWN else ""
    return f"Hồ sơ đang giải quyết có liên quan ({len(codes)}): {', '.join(codes[:_MOST_SHOWN])}{more}"
