"""Counts of the sync page, the last try, and the key of this machine."""

from PySide6.QtWidgets import QFrame, QWidget

from app.models.errors import Refusal
from app.ui.kit.dates import format_instant
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.widgets import button, column, label
from app.usecases.sync.status import Identity, SyncState
from app.wording.refusals import error_sentence

_CAPTIONS = {
    "waiting": "hồ sơ chờ gửi",
    "sent": "đã gửi, chờ trả lời",
    "confirmed": "nơi nhận đã xác nhận",
    "rejected": "bị trả lại",
}
_ROLES = {"none": "caption", "amber": "warning", "red": "error"}


class SyncCard(QFrame):
    """Four counts of dossiers, and what happens next."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.numbers = {name: label("–", "title") for name in _CAPTIONS}
        self.last, self.next_try, self.identity = label(role="caption"), label(wrap=True), label(role="caption")
        self.next_try.setObjectName("sync.trouble")
        self.send = button("Gửi ngay", main=True)
        self.send.setObjectName("sync.push")
        self.export = button("Xuất tệp đồng bộ…")
        self.export.setObjectName("sync.export")
        self.files = button("Tệp đã dựng…")
        self.files.setObjectName("sync.files")
        self.national = button("Mẫu quốc gia…")
        self.national.setObjectName("sync.national")
        counters = [QWidget() for _name in _CAPTIONS]
        for counter, (name, caption) in zip(counters, _CAPTIONS.items(), strict=True):
            counter.setLayout(column(self.numbers[name], label(caption, "caption"), gap=2))
        numbers = FlowWidget(*counters, gap=4 * GRID)
        actions = FlowWidget(self.send, self.export, self.files, self.national, gap=GRID)
        facts = FlowWidget(self.last, self.identity, gap=3 * GRID)
        self.setLayout(column(numbers, self.next_try, facts, actions, margin=2 * GRID))

    def show_state(self, state: SyncState) -> None:
        """Show counts, last confirmation, last try with its trouble, and next try."""
        counts = {"waiting": state.waiting, "sent": state.sent, "confirmed": state.confirmed}
        for name, number in {**counts, "rejected": len(state.rejected)}.items():
            self.numbers[name].setText(f"{number:,}".replace(",", "."))
        last = format_instant(state.last_confirmed_at)
        self.last.setText(f"Xác nhận gần nhất: {last}." if last else "Nơi nhận chưa xác nhận lần nào.")
        text = try_text(state)
        self.next_try.setText(text)
        self.next_try.setVisible(bool(text))
        set_style_property(self.next_try, "role", "error" if state.stopped else _ROLES[state.urgency])

    def show_identity(self, identity: Identity) -> None:
        """Show the fingerprint that is read out over the telephone."""
        self.identity.setText(f"Dấu vân tay của máy này, đọc cho nơi nhận: {identity.fingerprint}")


def try_text(state: SyncState) -> str:
    """Return the last try, its trouble and the next; empty before one."""
    if state.last_try_at is None:
        return ""
    if not state.trouble:
        return f"Lần gửi gần nhất: {format_instant(state.last_try_at)}, đã xong."
    reason = error_sentence(Refusal(state.trouble, None, **dict(state.values)))
    following = f" Thử lại lúc {format_instant(state.next_try_at)}." if state.next_try_at else ""
    return f"Lần gửi gần nhất: {format_instant(state.last_try_at)}. {reason}{following}"
