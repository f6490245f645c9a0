"""Dialog that lets a queue number wait for another desk or service."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.models.enums import Service
from app.models.errors import Refusal
from app.services.queue.view import MAX_DESK, TicketLine
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.page import CLOSES_FOR_NEXT_CITIZEN
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Choice, FieldBox, button, column, label, row
from app.usecases.citizens.queue_calls import TransferTicket
from app.wording import citizens as words
from app.wording.refusals import error_sentence


class TransferDialog(QDialog):
    """Dialog with the other desk, the other service and the reason.

    Signal: `submitted(TransferTicket)`.
    """

    submitted = Signal(object)

    def __init__(self, line: TicketLine, desk: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Chuyển số {line.number:03d}")
        self.setProperty(CLOSES_FOR_NEXT_CITIZEN, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._number, self._desk = line.number, desk
        self.to_desk, self.reason = QLineEdit(), QLineEdit()
        self.to_desk.setObjectName("transfer.desk")
        self.to_desk.setValidator(QIntValidator(1, MAX_DESK, self))
        self.to_desk.setFixedWidth(96)
        self.reason.setObjectName("transfer.reason")
        services = [(service.value, words.service_name(service)) for service in Service]
        self.service = Choice(services, line.service.value, wraps=True)
        self.service.setObjectName("transfer.service")
        self.desk_box = FieldBox("Đến quầy số (để trống: quầy nào cũng được)", self.to_desk)
        self.reason_box = FieldBox("Lý do chuyển", self.reason)
        submit, cancel = button("Chuyển", main=True), button("Thôi  Esc")
        submit.setDefault(True)
        submit.clicked.connect(self.submit)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = row()
        foot.addStretch(1)
        for each in (submit, cancel):
            foot.addWidget(each)
        head = label(f"Số {line.number:03d} · {words.service_name(line.service)}", "strong")
        fields = (self.desk_box, FieldBox("Việc", self.service), self.reason_box)
        self.setLayout(column(head, FieldGrid(*fields, columns=1), foot, margin=3 * GRID))
        self.setMinimumWidth(480)
        self.to_desk.setFocus()

    def submit(self) -> None:
        """Emit the transfer."""
        typed = self.to_desk.text().strip()
        self.submitted.emit(
            TransferTicket(
                reason=self.reason.text(),
                number=self._number,
                to_desk=int(typed) if typed else None,
                to_service=Service(self.service.value),
                desk=self._desk,
            )
        )

    def show_error(self, error: Exception) -> bool:
        """Show a refusal below its field. False for another error."""
        if not isinstance(error, Refusal):
            return False
        box = self.reason_box if error.field == "note" else self.desk_box
        box.show_error(error_sentence(error))
        return True
