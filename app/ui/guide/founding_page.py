"""Page of the founding: create the office, keep its recovery page."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.enums import PaperSize
from app.models.errors import Fault, Refusal
from app.office.chosen_places import save_chosen_file
from app.office.guide.answers import Answers
from app.office.guide.founding import FoundedOffice, ImportedRegister
from app.office.guide.guide import Guide
from app.ui.guide.page import GuideView, field_row, line_field, note, secret_field, stacked
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.runner import Runner, Task
from app.ui.kit.style import GRID
from app.ui.kit.table_memory import window_settings
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.ui.printing.dispatch import print_pdf
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.preferences import PrintPreferences
from app.wording.refusals import error_sentence

_READY = "Đủ rồi: {office}, mã {code}, quầy {desk}. Bấm Enter để lập cơ quan ở {folder}."
_UNSET = " Chưa có mật khẩu: {names} – quay lại trang Người làm việc để cho, hoặc người ấy tự đặt lúc vào lần đầu."
_RESUMED = "Lần trước cơ quan đã lập ở {folder}, nhưng trang khóa phục hồi chưa được cất. Gõ mật khẩu của {name}."
_WORKING = "Đang lập cơ quan…"
_FOUNDED = (
    "Cơ quan đã lập. Dữ liệu được khóa; trang khóa phục hồi là cách duy nhất để mở khi máy hỏng hoặc quên mật khẩu. In "
    "ra (hoặc lưu tệp PDF lên USB rồi in ở máy khác), cất vào két."
)
_TYPE_BACK = "Cầm tờ giấy, gõ lại hai nhóm để chắc là đọc được:"
_PRINTED = "Đã gửi in trang khóa phục hồi. Chờ giấy ra rồi gõ hai nhóm theo tờ giấy."
_SAVED = "Đã lưu {file}. In ra rồi gõ hai nhóm theo tờ giấy; sau đó xóa tệp này."
_NO_PRINTER = "Chưa in được: không thấy máy in, hoặc máy in không nhận. Lưu thành tệp PDF lên USB rồi in ở máy khác."
_NOT_IMPORTED = "Sổ cũ chưa nhập được: {reason} Nhập lại sau ở trang Bảng của nơi khác."
_IMPORTED = "Sổ cũ: đã nhập {imported} hồ sơ, {already} đã có, {refused} dòng bị bỏ."


class FoundingPage(GuideView):
    """Ready, at work, then the recovery page until it is typed back."""

    title = "Lập cơ quan"
    question = "Lập cơ quan và cất trang khóa phục hồi."

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self._working = self._on_paper = self._importing = False
        self.text = label(wrap=True)
        self.import_text = label(role="caption", wrap=True)
        self.secret, self.again = secret_field("founding.secret"), secret_field("founding.again")
        self.boxes = {
            "secret": FieldBox("Mật khẩu của người thứ nhất", self.secret),
            "again": FieldBox("Gõ lại lần nữa", self.again),
        }
        self.secrets = QWidget()
        self.secrets.setLayout(field_row(*self.boxes.values()))
        self.print, self.save = button("In trang khóa phục hồi", main=True), button("Lưu thành tệp PDF…")
        self.print.clicked.connect(self.print_sheet)
        self.save.clicked.connect(self._choose_file)
        self.typed = (line_field("group0", 200), line_field("group1", 200))
        for place, field in enumerate(self.typed):
            field.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhUppercaseOnly)
            field.textChanged.connect(lambda _text: self.readiness_changed.emit())
            self.boxes[f"group{place}"] = FieldBox(f"Nhóm {place}", field)
        self.type_part, self.sheet_part = QWidget(), QWidget()
        self._lay_out()
        self.set_fields(self.secret, self.again, *self.typed)

    def _lay_out(self) -> None:
        groups = field_row(self.boxes["group0"], self.boxes["group1"])
        self.type_part.setLayout(column(note(_TYPE_BACK), groups))
        buttons = row(self.print, self.save)
        buttons.addStretch(1)
        self.sheet_part.setLayout(column(buttons, self.type_part, gap=2 * GRID))
        for part in (self.sheet_part, self.type_part):
            part.hide()
        self.setLayout(stacked((self.text, self.secrets, self.sheet_part, self.import_text)))

    @property
    def next_text(self) -> str:  # type: ignore[override]
        """Text of the button that goes on."""
        return "Lập cơ quan  Enter" if self.guide.founded is None else "Đã cất tờ giấy  Enter"

    @property
    def is_ready(self) -> bool:
        """Whether the button that goes on does something now."""
        if self._working or self._importing:
            return False
        founded = self.guide.founded
        if founded is None or founded.sheet is None:
            return True
        return self._on_paper and all(field.text().strip() for field in self.typed)

    @property
    def is_founding(self) -> bool:
        """Whether the office is being created now."""
        return self._working

    def show_answers(self, answers: Answers) -> None:
        folder = self.guide.folder
        if self.guide.resumed:
            self.text.setText(_RESUMED.format(folder=folder, name=answers.admin))
        else:
            ready = _READY.format(
                office=answers.name, code=answers.agency_code, desk=answers.workstation, folder=folder
            )
            names = ", ".join(self.guide.people_without_password(answers))
            self.text.setText(ready + (_UNSET.format(names=names) if names else ""))
        self.secrets.setVisible(not self.guide.password)
        self.boxes["again"].setVisible(not self.guide.resumed)

    def submit(self) -> bool:
        """Found the office; once founded, check the groups typed from the paper."""
        if self._working or not self.is_ready:
            return False
        if self.guide.founded is None:
            self._found_office()
            return False
        try:
            self.guide.finish(tuple(field.text() for field in self.typed))
        except Refusal as refusal:
            self.show_error(refusal)
            return False
        except Fault as fault:
            self.message.emit("error", error_sentence(fault))
            return False
        return True

    def _found_office(self) -> None:
        if not self.guide.password:
            again = self.secret.text() if self.guide.resumed else self.again.text()
            try:
                self.guide.check_password(self.secret.text(), again, self.guide.answers.admin)
            except Refusal as refusal:
                self.show_error(refusal)
                return
        self._working = True
        self.readiness_changed.emit()
        self.text.setText(_WORKING)
        password = self.guide.password
        self.runner.run_serial(
            lambda: self.guide.found_office(password), self._founded, activity=_WORKING, on_error=self._not_founded
        )

    def _not_founded(self, error: Exception) -> bool:
        self._working = False
        self.guide.password = ""
        self.show_answers(self.guide.answers)
        self.readiness_changed.emit()
        if isinstance(error, Refusal) and error.field in ("secret", "password", "user"):
            self.boxes["secret"].show_error(error_sentence(error))
            return True
        return False

    def _founded(self, founded: FoundedOffice) -> None:
        self._working = False
        self.secrets.hide()
        self._start_import()
        if founded.sheet is None:
            self.text.setText("Cơ quan đã lập, trang khóa phục hồi đã cất từ trước.")
        else:
            self.text.setText(_FOUNDED)
            for place, number in enumerate(founded.sheet.asked_groups):
                self.boxes[f"group{place}"].set_caption(f"Nhóm thứ {number} trên tờ giấy")
            self.sheet_part.show()
            self.print.setFocus(Qt.FocusReason.OtherFocusReason)
        self.readiness_changed.emit()

    def _start_import(self) -> None:
        """Import the register while the recovery page is printed."""
        if not self.guide.answers.register:
            return
        self._importing = True
        self.import_text.setText("Đang nhập sổ cũ…")

        def work(task: Task) -> ImportedRegister | None:
            return self.guide.import_register(task.report)

        self.runner.run_background(
            work, self._imported, activity="Đang nhập sổ cũ", can_stop=False, on_error=self._not_imported
        )

    def _imported(self, result: ImportedRegister | None) -> None:
        self._importing = False
        if result is not None:
            self.import_text.setText(
                _IMPORTED.format(imported=result.imported, already=result.already, refused=len(result.refused))
            )
        self.readiness_changed.emit()

    def _not_imported(self, error: Exception) -> bool:
        self._importing = False
        self.readiness_changed.emit()
        if not isinstance(error, Refusal | Fault):
            return False
        self.import_text.setText(_NOT_IMPORTED.format(reason=error_sentence(error)))
        return True

    @property
    def _pdf(self) -> bytes:
        founded = self.guide.founded
        return founded.sheet.pdf if founded is not None and founded.sheet is not None else b""

    def print_sheet(self) -> None:
        """Print the recovery page on the usual printer."""
        file = self.guide.folder / "window.ini"
        printer = PrintPreferences(window_settings(file)).default_printer
        pdf = self._pdf
        self.runner.run_background(
            lambda _ticket: print_pdf(pdf, PaperSize.A4, printer),
            self._printed,
            activity="Đang in trang khóa phục hồi",
            pictures=True,
        )

    def _printed(self, handoff: PrintHandoff) -> None:
        if handoff.outcome != PrintOutcome.PRINTED:
            self.message.emit("warning", _NO_PRINTER)
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._ask_groups(_PRINTED)

    def _choose_file(self) -> None:
        file = choose_save_file(self, "Trang khóa phục hồi", "khoa-phuc-hoi.pdf", "Tệp PDF (*.pdf)")
        if file is not None:
            self.save_sheet(file)

    def save_sheet(self, file: Path) -> None:
        """Save the recovery page as a file."""
        pdf = self._pdf
        self.runner.run_background(
            lambda _ticket: save_chosen_file(file, pdf),
            lambda _none: self._ask_groups(_SAVED.format(file=file.name)),
            activity="Đang lưu tệp",
        )

    def _ask_groups(self, sentence: str) -> None:
        self._on_paper = True
        self.message.emit("done", sentence)
        self.type_part.show()
        self.typed[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.readiness_changed.emit()
