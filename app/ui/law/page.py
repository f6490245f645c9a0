"""Page of law packages (Thay đổi pháp luật): take over, list, take back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from app.disk import read_start
from app.models.enums import Right
from app.models.errors import Refusal
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_day
from app.ui.kit.file_dialogs import AcceptsFiles, choose_open_file
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, column, command_button, label, row
from app.ui.law.dialog import LawDialog
from app.usecases.law.packages import (
    FindShippedLaw,
    LawLine,
    LawState,
    ListLaws,
    RevertLaw,
    find_shipped_law,
    list_laws,
    revert_package,
)
from app.wording.law import STATES
from app.wording.refusals import error_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOW = (
    "Thả tệp gói pháp luật (.mclaw) vào trang này hoặc bấm «Chọn tệp». Máy cho xem điều đang có bên cạnh điều sẽ có, "
    "rồi mới hỏi đồng ý. Hồ sơ đã nhận giữ quy định lúc nhận."
)
_HINT = "Enter: xem gói có sẵn. Bỏ được một gói khi chưa có việc nào làm theo gói ấy."
_EMPTY = "Chưa có gói nào. Thả tệp .mclaw vào đây."
_TYPES = "Gói pháp luật (*.mclaw)"
_MAX_BYTES = 96 * 2**20
_COLUMNS = (
    Column("Gói", lambda line: line.title),
    Column("Mã", lambda line: line.id, 224),
    Column("Hiệu lực từ", lambda line: format_day(line.valid_from), 112, never_cut=True),
    Column("Tình trạng", lambda line: STATES[line.state], 208),
)
_REVERTIBLE = (LawState.COMING, LawState.IN_FORCE)


class LawPage(AcceptsFiles):
    """Page of the law packages of the office.

    The use cases check the rights. Commands without the right are hidden.
    """

    title = "Thay đổi pháp luật"
    reloads_on = frozenset({Changed.LAW})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setAcceptDrops(True)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Các gói pháp luật")
        self.table.setObjectName("law.table")
        self.table.opened.connect(self._open_line)
        self.choose = command_button("Chọn tệp…", "law.choose", self._choose)
        self.note = QLineEdit()
        self.note.setObjectName("law.note")
        self.note_box = FieldBox("Lý do bỏ gói đang chọn", self.note)
        self.revert = command_button("Bỏ gói đang chọn", "law.revert", self._revert)
        head, foot = row(self.choose), row(self.note_box, self.revert)
        head.addStretch(1)
        if Right.EDIT_OFFICE not in runner.desk.facts.rights:
            for each in (self.note_box, self.revert):
                each.hide()
        parts = (
            label(_HOW, wrap=True),
            head,
            TableOrHint(self.table, _EMPTY),
            foot,
            label(_HINT, "caption", wrap=True),
        )
        box = column(*parts)
        box.setStretch(2, 1)
        self.setLayout(box)

    def reload(self) -> None:
        """Read the packages."""
        self.runner.read(list_laws, ListLaws(), self.show_laws, key="laws", loads=self.model)

    def focus_start(self) -> None:
        """Focus the list."""
        self.table.setFocus()

    def show_laws(self, lines: "Sequence[LawLine]") -> None:
        """Show the packages."""
        self.model.show_rows(lines)
        self.table.go_to_first()

    def take_file(self, file: Path) -> None:
        """Show what a dropped or chosen file would change."""
        self.runner.run_background(
            lambda _task: _read_package(file),
            self.show_package,
            activity="Đang đọc tệp",
            on_error=self._file_refused,
        )

    def _file_refused(self, error: Exception) -> bool:
        if isinstance(error, Refusal):
            self.post_message(Level.ERROR, error_sentence(error))
        return isinstance(error, Refusal)

    def open_handed(self, file: Path) -> bool:
        """Show what a file from another start of the program would change."""
        self.take_file(file)
        return True

    def show_package(self, data: bytes) -> None:
        """Open the dialog of a package."""
        dialog = LawDialog(self.runner, data, self)
        dialog.applied.connect(self._applied)
        dialog.load()
        dialog.open()

    def _choose(self) -> None:
        file = choose_open_file(self, "Chọn gói pháp luật", _TYPES)
        if file is not None:
            self.take_file(file)

    def _open_line(self, line: LawLine) -> None:
        if line.state == LawState.OFFERED:
            self.runner.read(find_shipped_law, FindShippedLaw(line.id), self.show_package, key="law.shipped")

    def _applied(self, sentence: str) -> None:
        self.post_message(Level.DONE, sentence)
        self.reload()

    def _revert(self) -> None:
        line = self.table.current
        if line is None or line.state not in _REVERTIBLE:
            self.post_message(Level.WARNING, "Chọn một gói đang áp dụng trong danh sách trước.")
            return
        self.runner.write(
            revert_package,
            RevertLaw(line.id, self.note.text()),
            self._reverted,
            changes=frozenset({Changed.LAW}),
            on_error=self._revert_refused,
            activity="Đang bỏ gói",
        )

    def _reverted(self, line: LawLine) -> None:
        self.note.clear()
        self.post_message(Level.DONE, f"Đã bỏ gói «{line.title}».")
        self.reload()

    def _revert_refused(self, error: Exception) -> bool:
        if isinstance(error, Refusal) and error.field == "note":
            self.note_box.show_error(error_sentence(error))
            return True
        return False


def _read_package(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises Refusal `file_missing` for what is no readable file, `law_too_big`.
    """
    try:
        data = read_start(file, _MAX_BYTES + 1)
    except OSError:
        raise Refusal("file_missing", "file", file=str(file)) from None
    if len(data) > _MAX_BYTES:
        raise Refusal("law_too_big", "file", name=file.name, limit=_MAX_BYTES)
    return data
