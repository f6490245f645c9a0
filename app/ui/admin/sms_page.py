"""SMS page: switch, waiting and sent messages, phones without SMS.

Messages are sent through a modem or exported for another program.
"""

from functools import partial

from PySide6.QtWidgets import QFrame, QLayout, QLineEdit, QWidget

from app.models.enums import Right
from app.models.errors import Refusal
from app.ui.admin.sms_sending import SMS_CHANGED, SendCard
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import ResponsiveRow
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import Choice, FieldBox, button, column, label, row
from app.usecases.sms import outbox
from app.wording.refusals import error_sentence
from app.wording.sms import sms_outcome

_NONE = (
    "Không có tin nào chờ gửi. Khi đã bật, tin tự lập cùng lúc tiếp nhận, yêu cầu bổ sung, có kết quả, xin lỗi,\n"
    "từ chối, dừng giải quyết, đổi lịch làm việc; người không có số di động thì không có tin."
)
_OFF = "Cơ quan chưa dùng tin nhắn: không tin nào được lập. Người quản trị bật ở đây một lần."
_ON = "Đang dùng tin nhắn: mỗi việc cần báo có một tin, chỉ ghi mã hồ sơ, không ghi tên ai."
_COLUMNS = (
    Column("Lập lúc", lambda line: format_instant(line.made_at), 136, never_cut=True, drop_order=1),
    Column("Mã hồ sơ", lambda line: line.code, 176, never_cut=True),
    Column("Điện thoại", lambda line: line.phone, 104, never_cut=True),
    Column("Việc", lambda line: line.name, 136),
    Column(
        "Tình trạng", lambda line: sms_outcome(line.status, line.tries, format_instant(line.ended_at), line.way), 272
    ),
    Column("Nội dung", lambda line: line.text),
)


class SmsPage(Page):
    """Page of the SMS outbox."""

    title = "Tin nhắn báo cho công dân"
    reloads_on = frozenset({Changed.DOSSIER, Changed.SMS})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.enabled: bool | None = None
        self._focus_first_row = False
        self.send_card = SendCard(self)
        self.send_card.finished.connect(self.reload)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Tin nhắn")
        self.table.setObjectName("notices.table")
        self.table.opened.connect(lambda line: self.open_requested.emit(line.code))
        self.view = Choice([("waiting", "Chờ gửi"), ("all", "Đã lập, kể cả đã gửi")], "waiting")
        self.view.setAccessibleName("Xem tin nào")
        self.view.chosen.connect(lambda _value: self.reload())
        self._count = label(role="strong")
        head = row(self._count, self.view, gap=3 * GRID)
        head.addStretch(1)
        head.addWidget(label("Enter: mở hồ sơ", "caption"))
        top = ResponsiveRow(self._switch(), self._phones())
        self.setLayout(column(top, self.send_card, head, TableOrHint(self.table, _NONE), gap=2 * GRID))
        self.layout().setStretch(3, 1)  # type: ignore[union-attr]

    def _switch(self) -> QFrame:
        self.state_label = label(wrap=True)
        self.toggle = button("")
        self.toggle.setObjectName("notices.turn")
        self.toggle.clicked.connect(self._toggle)
        self.toggle.hide()
        line = row(self.toggle)
        line.addStretch(1)
        return _card("Dùng tin nhắn", self.state_label, line)

    def _phones(self) -> QFrame:
        self.phone = QLineEdit()
        self.phone.setObjectName("notices.phone")
        self.phone.setPlaceholderText("Số di động")
        self.phone_box = FieldBox("", self.phone, "Số điện thoại")
        self.stop, self.allow = button("Không gửi nữa"), button("Gửi lại được")
        self.stop.setObjectName("notices.stop")
        self.allow.setObjectName("notices.allow")
        self.stop.clicked.connect(partial(self._set_opt_out, True))
        self.allow.clicked.connect(partial(self._set_opt_out, False))
        self.phone.returnPressed.connect(partial(self._set_opt_out, True))
        self._opted_out = label(role="caption", wrap=True)
        line = FlowWidget(self.phone_box, self.stop, self.allow)
        return _card("Người không muốn nhận tin", line, self._opted_out)

    def reload(self) -> None:
        """Read the waiting messages, or all of them if the user chose so."""
        if not self.send_card.port.count():
            self.send_card.look_for_ports()
        self.runner.read(outbox.list_sms, outbox.ListSms(waiting=True), self._show, key="notices", loads=self.model)

    def focus_start(self) -> None:
        """Focus the port of the modem, and the first message once it is read."""
        self._focus_first_row = True
        self.send_card.port.setFocus()

    def _show(self, sms: outbox.SmsOutbox) -> None:
        self.enabled = sms.enabled
        self.send_card.show_waiting(sms.lines)
        self.state_label.setText(_ON if sms.enabled else _OFF)
        self.toggle.setText("Thôi dùng tin nhắn" if sms.enabled else "Dùng tin nhắn từ nay")
        self.toggle.setVisible(Right.EDIT_OFFICE in self.runner.desk.facts.rights)
        phones = ", ".join(sms.opted_out)
        self._opted_out.setText(f"Không gửi cho: {phones}" if phones else "Chưa ai từ chối nhận tin.")
        self._count.setText(f"{len(sms.lines)} tin chờ gửi")
        if self.view.value == "waiting":
            self._show_lines(sms)
        else:
            self.runner.read(outbox.list_sms, outbox.ListSms(), self._show_lines, key="notices.all", loads=self.model)

    def _show_lines(self, sms: outbox.SmsOutbox) -> None:
        selected = self.table.current
        self.model.show_rows(sms.lines)
        self.table.go_to_first()
        if sms.lines and self._focus_first_row:
            self.table.setFocus()
        self._focus_first_row = False
        for place, line in enumerate(self.model.rows):
            if selected is not None and line.id == selected.id:
                self.table.selectRow(place)

    def _toggle(self) -> None:
        command = outbox.SetSmsEnabled(not self.enabled)
        self.runner.write(outbox.set_sms_enabled, command, self._on_toggled, changes=SMS_CHANGED, source=self)

    def _on_toggled(self, sms: outbox.SmsOutbox) -> None:
        text = "Từ nay mỗi việc cần báo có một tin." if sms.enabled else "Từ nay không lập tin nhắn nữa."
        self.post_message(Level.DONE, f"{text} Đang chờ gửi: {len(sms.lines)}.")
        self.reload()

    def _set_opt_out(self, opted_out: bool) -> None:
        self.phone_box.clear_error()
        self.runner.write(
            outbox.set_opt_out,
            outbox.SetOptOut(self.phone.text(), opted_out),
            partial(self._on_opt_out_saved, opted_out),
            changes=SMS_CHANGED,
            source=self,
            on_error=partial(self._show_error, self.phone_box),
        )

    def _on_opt_out_saved(self, opted_out: bool, phone: str) -> None:
        self.phone.clear()
        self.post_message(Level.DONE, f"Số {phone}: {'không gửi tin nhắn nữa' if opted_out else 'được gửi tin nhắn'}.")
        self.reload()

    def _show_error(self, box: FieldBox, error: Exception) -> bool:
        if isinstance(error, Refusal):
            box.show_error(error_sentence(error))
        return isinstance(error, Refusal)


def _card(title: str, *parts: QWidget | QLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    box = column(label(title, "strong"), *parts, margin=2 * GRID)
    box.addStretch(1)
    frame.setLayout(box)
    return frame
