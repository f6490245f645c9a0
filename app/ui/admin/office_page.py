"""Office page (F8): facts of the office, backups, links to other pages."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QWidget

from app.models.enums import Right
from app.ui.admin.backup_card import BackupCard
from app.ui.admin.office_facts import Pairs, identity_pairs, paper_pairs
from app.ui.kit.file_dialogs import AcceptsFiles
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import FactsGrid, ResponsiveRow
from app.ui.kit.runner import Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import column, command_button, label
from app.usecases.office.form_sets import FormSetToday, form_set_today

_EDIT_HINT = "Sửa các mục của hai khung này bằng nút «Cài đặt» ở trên; tệp là office.toml trong thư mục dữ liệu."
_Link = tuple[str, str, Callable[[], None], bool]
"""Name, caption, handler and whether the user may press it."""


class OfficePage(AcceptsFiles):
    """Page of the office and this machine.

    Signals: `restore_requested()`, `law_dropped(Path)` for a law package, `update_ready()` to close the window.
    """

    restore_requested = Signal()
    law_dropped = Signal(object)
    update_ready = Signal()
    title = "Cơ quan và máy này"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setAcceptDrops(True)
        self.backups = BackupCard(runner)
        self._identity, self._paper = FactsGrid(), FactsGrid()
        self._form_set = label("", wrap=True)
        self._form_set.setObjectName("office.formSet")
        cards = ResponsiveRow(
            _card("Cơ quan", column(self._identity), _EDIT_HINT),
            _card("Trên giấy tờ", column(self._form_set, self._paper)),
        )
        inner = column(self._link_buttons(), cards, self.backups, gap=2 * GRID)
        inner.addStretch(1)
        self.setLayout(inner)

    def take_file(self, file: Path) -> None:
        """Hand a dropped file to the page of law packages."""
        self.law_dropped.emit(file)

    def _show_form_set(self, name: str) -> None:
        self._form_set.setText(f"Bộ mẫu giấy: {name}")

    def _link_buttons(self) -> QWidget:
        rights, training = self.runner.desk.facts.rights, self.runner.desk.facts.training
        request = self.page_requested.emit
        daily = (
            ("catalogue", "Danh mục thủ tục", partial(request, "catalogue"), True),
            ("calendar", "Lịch làm việc: ngày nghỉ, làm bù", partial(request, "calendar"), True),
            ("notices", "Tin nhắn báo cho công dân", partial(request, "notices"), Right.TAKE_IN in rights),
            ("settings", "Cài đặt: cơ quan, giờ, màu, cỡ chữ", partial(request, "settings"), True),
            ("devices", "Máy in, máy quét: in thẻ thử, tự kiểm tra", partial(request, "devices"), True),
            ("ownPassword", "Đổi mật khẩu của tôi", self._change_own_password, not training),
        )
        own_keys = Right.EDIT_KEYS in rights and not training
        updates = Right.RESTORE in rights and Right.BACK_UP in rights
        rare = (
            ("people", "Người làm việc", partial(request, "people"), Right.SEE_USERS in rights),
            ("law", "Thay đổi pháp luật", partial(request, "law"), True),
            ("rules", "Quy định của quầy: tin nhắn, câu hỏi, hạn", partial(request, "rules"), True),
            ("recoveryPage", "Trang khóa phục hồi mới…", self._make_recovery_page, own_keys),
            ("update", "Cập nhật từ tệp…", self._update_program, updates),
            ("numbers", "Bộ đếm số hồ sơ…", self._open_numbers, Right.RESTORE in rights),
            ("restore", "Phục hồi bản sao lưu…", self.restore_requested.emit, Right.RESTORE in rights),
            ("rebuild", "Dựng lại sổ từ giấy đã in…", partial(request, "rebuild"), Right.RESTORE in rights),
        )
        area = QWidget()
        area.setLayout(column(_link_group("Thường dùng", daily), _link_group("Ít khi dùng", rare)))
        self._first_link = area.findChildren(QPushButton)[0]
        return area

    def _change_own_password(self) -> None:
        from app.ui.admin.own_password import OwnPasswordDialog

        dialog = OwnPasswordDialog(self.runner, self)
        dialog.changed.connect(lambda: self.post_message(Level.DONE, "Mật khẩu mới đã có hiệu lực."))
        dialog.open()

    def _update_program(self) -> None:
        from app.ui.admin.program_update import ProgramUpdate

        update = ProgramUpdate(self.runner, self)
        update.ready.connect(self.update_ready)
        update.choose()

    def _open_numbers(self) -> None:
        from app.ui.admin.numbers_dialog import NumbersDialog

        dialog = NumbersDialog(self.runner, self)
        dialog.changed.connect(lambda text: self.post_message(Level.DONE, text))
        dialog.load()
        dialog.open()

    def _make_recovery_page(self) -> None:
        from app.ui.admin.recovery_page import RecoveryPageDialog

        dialog = RecoveryPageDialog(self.runner, self)
        dialog.made.connect(lambda text: self.post_message(Level.DONE, text))
        dialog.load()
        dialog.open()

    def reload(self) -> None:
        """Read the state of the backups and the set of forms in force."""
        facts = self.runner.desk.facts
        _show_facts(self._identity, identity_pairs(facts))
        _show_facts(self._paper, paper_pairs(facts.office))
        self.backups.reload()
        self.runner.read(form_set_today, FormSetToday(), self._show_form_set, key="office.formSet")

    def focus_start(self) -> None:
        """Focus the first link button."""
        self._first_link.setFocus()


def _show_facts(grid: FactsGrid, pairs: Pairs) -> None:
    grid.show_pairs([(name, text or "chưa ghi") for name, text in pairs])


def _link_group(heading: str, links: Sequence[_Link]) -> QWidget:
    """Return the buttons that the user may press, under their heading."""
    buttons = FlowWidget()
    buttons.set_parts(
        *(command_button(text, f"office.{name}", on_click) for name, text, on_click, allowed in links if allowed)
    )
    group = QWidget()
    group.setLayout(column(label(heading, "caption"), buttons, gap=GRID // 2))
    return group


def _card(title: str, inner: QLayout, note: str = "") -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    box = column(label(title, "strong"), inner, margin=2 * GRID)
    if note:
        box.addWidget(label(note, "caption", wrap=True))
    box.addStretch(1)
    frame.setLayout(box)
    return frame
