"""Queue part of the citizens page: give, call, set aside, transfer."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QSpinBox, QWidget
from shiboken6 import isValid

from app.models.enums import PaperSize, Right, Service, TicketState
from app.services.queue.view import MAX_DESK, Queue, TicketLine
from app.ui.citizens.ticket_print import TicketPrinting
from app.ui.citizens.transfer_dialog import TransferDialog
from app.ui.kit.columns import Column
from app.ui.kit.date_edit import add_text_margin
from app.ui.kit.dates import format_time
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.page import Page
from app.ui.kit.row_menu import MenuEntry
from app.ui.kit.runner import Changed, Level
from app.ui.kit.style import FIELD_HEIGHT, GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, column, command_button, label
from app.usecases.citizens.queue import (
    TICKET_PAPERS,
    GetQueue,
    IssuedTicket,
    PrintTicket,
    TakeTicket,
    TicketPrint,
    get_queue,
    print_ticket,
    take_ticket,
)
from app.usecases.citizens.queue_calls import (
    CallAgain,
    CallNext,
    Recall,
    SetAside,
    TransferTicket,
    call_again,
    call_next,
    recall,
    set_aside,
    transfer_ticket,
)
from app.wording import citizens as words

_EMPTY_QUEUE = "Chưa có ai chờ. Bấm «Lấy số, in phiếu» ở trên, hoặc ở trang dành cho người dân."
_PAPER_NAMES = {PaperSize.ROLL_80: "80 mm", PaperSize.A5: "A5"}
_ALL = "Mọi việc"


def _state_text(line: TicketLine) -> str:
    """Return the state of a number, for a waiting one its probable wait."""
    if line.state is not TicketState.WAITING:
        desk = f", quầy {line.desk}" if line.state is TicketState.CALLED else ""
        return f"{words.ticket_state_name(line.state)}{desk}"
    parts = ["" if line.minutes is None else f"khoảng {words.wait_words(line.minutes)}"]
    parts += [] if line.to_desk is None else [f"chờ quầy {line.to_desk}"]
    return " · ".join(part for part in parts if part) or words.ticket_state_name(line.state)


_COLUMNS = (
    Column("Số", lambda line: f"{line.number:03d}", 64, never_cut=True),
    Column("Việc", lambda line: words.service_name(line.service)),
    Column("Lấy lúc", lambda line: format_time(line.taken_at), 80, never_cut=True),
    Column("Tình trạng", _state_text, 200, never_cut=True),
)


class QueueCard(QFrame):
    """Card of today's numbers.

    Enter on a row calls that number again. Signal: `called(Queue)` after a call of this desk.
    """

    called = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("card")
        self._page, self._runner = page, page.runner
        self.queue = Queue((), ())
        self.printing = TicketPrinting(page.runner)
        self.current = label(role="title")
        self.current.setMinimumHeight(FIELD_HEIGHT)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Số thứ tự hôm nay")
        self.table.setObjectName("citizens.queue")
        self.table.row_entries = self._entries
        rights = page.runner.desk.facts.rights
        self._may_call, self._may_give = Right.TAKE_IN in rights, Right.SERVE_CITIZEN in rights
        if self._may_call:
            self.table.opened.connect(lambda line: self._recall(line.number))
        calls, choices, gives = self._call_parts(), self._call_choices(), self._give_parts()
        calls_line, gives_line = FlowWidget(self.current, *calls), FlowWidget(*choices, *gives)
        area = TableOrHint(self.table, _EMPTY_QUEUE)
        box = column(calls_line, gives_line, area, margin=2 * GRID)
        box.setStretchFactor(area, 1)
        self.setLayout(box)
        for part in () if self._may_call else (*calls, *choices):
            part.hide()
        for part in () if self._may_give else gives:
            part.hide()

    def _call_parts(self) -> tuple[QWidget, ...]:
        self.next = command_button("Mời số tiếp", "citizens.next", self._call_next)
        self.next.setProperty("main", True)
        self.again = command_button("Mời lại", "citizens.again", self._call_again)
        self.hold = command_button("Giữ lại", "citizens.hold", partial(self._set_aside, False))
        self.absent = command_button("Vắng mặt", "citizens.absent", partial(self._set_aside, True))
        self.transfer = command_button("Chuyển…", "citizens.transfer", self._transfer_current)
        return self.next, self.again, self.hold, self.absent, self.transfer

    def _call_choices(self) -> tuple[QWidget, ...]:
        self.desk = QSpinBox()
        add_text_margin(self.desk)
        self.desk.setObjectName("citizens.desk")
        self.desk.setRange(1, MAX_DESK)
        self.desk.setValue(self._runner.desk.facts.workstation)
        self.desk.valueChanged.connect(lambda _desk: self._show_current())
        self.services = QComboBox()
        self.services.setObjectName("citizens.services")
        for value, text in (("", _ALL), *((service.value, words.service_name(service)) for service in Service)):
            self.services.addItem(text, value)
        return FieldBox("Quầy", self.desk), FieldBox("Gọi", self.services)

    def _give_parts(self) -> tuple[QWidget, ...]:
        self.give = command_button("Lấy số, in phiếu", "citizens.give", self.take)
        self.given_service, self.paper = QComboBox(), QComboBox()
        self.given_service.setObjectName("citizens.givenService")
        self.given_service.setAccessibleName("Việc của số mới")
        for service in Service:
            self.given_service.addItem(words.service_name(service), service.value)
        self.given_service.setCurrentIndex(list(Service).index(Service.INTAKE))
        self.paper.setObjectName("citizens.paper")
        self.paper.setAccessibleName("Giấy của phiếu số")
        for paper in TICKET_PAPERS:
            self.paper.addItem(_PAPER_NAMES[paper], paper.value)
        return self.give, self.given_service, self.paper

    def focus_start(self) -> None:
        """Focus the button that calls the next number."""
        (self.next if self._may_call else self.table).setFocus()

    def reload(self) -> None:
        """Read the queue."""
        self._runner.read(get_queue, GetQueue(), self.show_queue, key="queue", loads=self.model)

    def poll(self) -> None:
        """Read the queue without a word about it."""
        self._runner.read(
            get_queue, GetQueue(), self.show_queue, key="queue", on_error=lambda _error: True, activity=""
        )

    def show_queue(self, queue: Queue) -> None:
        """Show the numbers: waiting, aside, then those called last."""
        self.queue = queue
        rows = (*queue.waiting, *queue.aside, *queue.called)
        if self.model.rows != rows or self.model.failed:
            current = self.table.current
            self.model.show_rows(rows)
            place = next((i for i, row in enumerate(rows) if current and row.number == current.number), None)
            if place is not None:
                self.table.selectRow(place)
        self._show_current()

    @property
    def current_line(self) -> TicketLine | None:
        """The number that the chosen desk serves, None for none."""
        called = (line for line in self.queue.called if line.desk == self.desk.value())
        return next((line for line in called if line.state is TicketState.CALLED), None)

    def _show_current(self) -> None:
        line, queue = self.current_line, self.queue
        own = "" if line is None else f"{line.number:03d} → quầy {line.desk}"
        self.current.setText(own or ("Chưa gọi số" if not queue.called else f"Quầy {self.desk.value()}: chưa gọi"))

    def _write(self, use_case: Callable[..., Queue], command: object, on_done: Callable[[Queue], None]) -> None:
        changes = frozenset({Changed.QUEUE})
        self._runner.write(use_case, command, on_done, changes=changes, source=self._page, activity="Đang gọi số")

    def _show_call(self, queue: Queue) -> None:
        self.show_queue(queue)
        self.called.emit(queue)

    def _call_next(self) -> None:
        chosen = self.services.currentData()
        services = (Service(chosen),) if chosen else ()
        self._write(call_next, CallNext(self.desk.value(), services), self._show_call)

    def _call_again(self) -> None:
        self._write(call_again, CallAgain(self.desk.value()), self._show_call)

    def _recall(self, number: int) -> None:
        self._write(recall, Recall(number, self.desk.value()), self._show_call)

    def _set_aside(self, absent: bool) -> None:
        self._write(set_aside, SetAside(absent, None, self.desk.value()), self.show_queue)

    def _transfer_current(self) -> None:
        line = self.current_line or self.table.current
        if line is None:
            self._page.post_message(Level.WARNING, "Mời một số, hoặc chọn một số trong danh sách, rồi chuyển.")
        else:
            self.open_transfer(line)

    def open_transfer(self, line: TicketLine) -> None:
        """Ask where a number goes, and why."""
        dialog = TransferDialog(line, self.desk.value(), self)
        dialog.submitted.connect(partial(self._transfer, dialog))
        dialog.open()

    def _transfer(self, dialog: TransferDialog, command: TransferTicket) -> None:
        self._runner.write(
            transfer_ticket,
            command,
            partial(self._transferred, dialog, command),
            changes=frozenset({Changed.QUEUE}),
            source=self._page,
            on_error=dialog.show_error,
            activity="Đang chuyển số",
        )

    def _transferred(self, dialog: TransferDialog, command: TransferTicket, queue: Queue) -> None:
        if isValid(dialog):  # it may have been closed while the transfer was saved
            dialog.accept()
        self.show_queue(queue)
        self._page.post_message(Level.DONE, f"Đã chuyển số {command.number:03d}.")

    @property
    def chosen_paper(self) -> PaperSize:
        """The paper of tickets."""
        return PaperSize(self.paper.currentData())

    def take(self) -> None:
        """Give the next number and print its ticket."""
        paper = self.chosen_paper
        self._runner.write(
            take_ticket,
            TakeTicket(Service(self.given_service.currentData()), paper),
            partial(self._taken, paper),
            changes=frozenset({Changed.QUEUE}),
            source=self._page,
            activity="Đang lấy số",
        )

    def _taken(self, paper: PaperSize, issued: IssuedTicket) -> None:
        position = words.queue_position(issued.before, issued.minutes)
        self._page.post_message(Level.DONE, f"Số {issued.number:03d}: {words.service_name(issued.service)}. {position}")
        self.reload()
        if issued.printed is not None:
            self._print(issued.printed, paper)

    def print_again(self, number: int) -> None:
        """Print the ticket of a number again."""
        paper = self.chosen_paper
        command = PrintTicket(number, paper)
        self._runner.write(print_ticket, command, lambda ticket: self._print(ticket, paper), activity="Đang dựng phiếu")

    def _print(self, ticket: TicketPrint, paper: PaperSize) -> None:
        self.printing.print(ticket, paper, partial(self._show_outcome, ticket.number))

    def _show_outcome(self, number: int, printed: bool) -> None:
        if printed:
            return
        text = f"Phiếu số {number:03d} chưa in được. Đọc số cho người dân, hoặc xem máy in rồi in lại."
        self._page.post_message(Level.WARNING, text, "In lại", partial(self.print_again, number))

    def _entries(self, line: TicketLine) -> Sequence[MenuEntry]:
        calls = (
            MenuEntry("Mời số này", "Enter", partial(self._recall, line.number)),
            MenuEntry("Chuyển…", "", partial(self.open_transfer, line)),
        )
        prints = (MenuEntry("In lại phiếu số", "", partial(self.print_again, line.number)),)
        return (*(calls if self._may_call else ()), *(prints if self._may_give else ()))
