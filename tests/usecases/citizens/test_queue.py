"""Queue numbers on a real database: issue, call, set aside, transfer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.enums import PaperSize, PrintStatus, Service, TicketState
from app.models.errors import Refusal
from app.printing.readback import read_codes
from app.services.queue.view import Queue
from app.usecases.citizens.queue import (
    GetQueue,
    IssuedTicket,
    PrintTicket,
    RecordTicketPrint,
    TakeTicket,
    get_queue,
    print_ticket,
    record_ticket_print,
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
from tests.support.offices import MORNING, Desk, desk_session
from tests.support.pdf_reading import pdf_text

NEXT_DAY = MORNING + timedelta(days=1)
HOLD, NO_SHOW = SetAside(False), SetAside(True)


def take(desk: Desk, service: Service = Service.INTAKE, when: datetime = MORNING) -> IssuedTicket:
    issued: IssuedTicket = desk.office.write(take_ticket, TakeTicket(service), when)
    return issued


def call(desk: Desk, when: datetime = MORNING, **values: Any) -> int:
    """Call the next number; `at` is the desk."""
    queue: Queue = desk.office.write(call_next, CallNext(values.get("at"), values.get("services", ())), when)
    return queue.called[0].number


def queue_of(desk: Desk, when: datetime = MORNING) -> Queue:
    queue: Queue = desk.office.read(get_queue, GetQueue(), when)
    return queue


def numbers(shown: tuple[Any, ...]) -> list[int]:
    return [line.number for line in shown]


def test_numbers_restart_daily_and_are_called_in_order(desk: Desk) -> None:
    assert [take(desk).number for _ in range(3)] == [1, 2, 3]
    assert [call(desk), call(desk)] == [1, 2]
    assert take(desk, when=NEXT_DAY).number == 1
    assert call(desk, NEXT_DAY) == 1
    assert numbers(queue_of(desk).waiting) == [3]


def test_priority_number_is_called_first(desk: Desk) -> None:
    take(desk), take(desk)
    taken = take(desk, Service.PRIORITY)
    assert (taken.number, taken.before) == (3, 0)
    assert [call(desk), call(desk), call(desk)] == [3, 1, 2]
    with pytest.raises(Refusal, match="nobody_waits"):
        call(desk)


def test_queue_shows_five_calls_and_repeats_a_call(desk: Desk) -> None:
    for _ in range(7):
        take(desk)
    with pytest.raises(Refusal, match="nobody_called"):
        desk.office.write(call_again, CallAgain(), MORNING)
    for minute in range(7):
        call(desk, MORNING + timedelta(minutes=minute))
    queue = desk.office.write(call_again, CallAgain(), MORNING + timedelta(minutes=9))
    assert numbers(queue.called) == [7, 6, 5, 4, 3]
    assert queue.called[0].desk == 1
    assert queue.called[0].called_at == MORNING + timedelta(minutes=9)


def test_hold_and_no_show_stay_aside_until_recalled(desk: Desk) -> None:
    for _ in range(3):
        take(desk)
    call(desk)
    desk.office.write(set_aside, HOLD, MORNING)
    call(desk)
    queue = desk.office.write(set_aside, NO_SHOW, MORNING)
    assert [(line.number, line.state) for line in queue.aside] == [(1, TicketState.HELD), (2, TicketState.ABSENT)]
    assert queue.called == ()
    assert call(desk) == 3
    queue = desk.office.write(recall, Recall(2), MORNING)
    assert (numbers(queue.called), numbers(queue.aside)) == ([2, 3], [1])
    assert queue.called[1].state is TicketState.SERVED


@pytest.mark.parametrize("command", [SetAside(False, 2), SetAside(True, 1), HOLD, NO_SHOW])
def test_only_the_called_number_is_set_aside(desk: Desk, command: SetAside) -> None:
    take(desk), take(desk)
    with pytest.raises(Refusal, match=r"ticket_not_called|nobody_called"):
        desk.office.write(set_aside, command, MORNING)
    assert numbers(queue_of(desk).waiting) == [1, 2]


def test_transferred_number_waits_for_the_other_desk(desk: Desk) -> None:
    for _ in range(3):
        take(desk)
    call(desk)
    queue = desk.office.write(transfer_ticket, TransferTicket("hỏi về đất đai", to_desk=2), MORNING)
    assert [(line.number, line.to_desk) for line in queue.waiting] == [(1, 2), (2, None), (3, None)]
    assert call(desk) == 2
    assert call(desk, at=2) == 1
    assert desk.rows("SELECT action, desk, to_desk, note FROM ticket_act WHERE action = 'transfer'") == [
        ("transfer", 1, 2, "hỏi về đất đai")
    ]


def test_transferred_number_waits_for_the_other_service(desk: Desk) -> None:
    take(desk), take(desk, Service.RESULT)
    call(desk)
    desk.office.write(transfer_ticket, TransferTicket("lấy kết quả", to_service=Service.RESULT), MORNING)
    with pytest.raises(Refusal, match="nobody_waits"):
        call(desk, services=(Service.INTAKE,))
    assert [call(desk, services=(Service.RESULT,)) for _ in range(2)] == [1, 2]


@pytest.mark.parametrize(
    ("code", "command"),
    [
        ("missing", TransferTicket(" ", to_desk=2)),
        ("transfer_reason", TransferTicket("x", to_desk=2)),
        ("text_too_long", TransferTicket("đất đai " * 40, to_desk=2)),
        ("transfer_nowhere", TransferTicket("hỏi đất đai")),
        ("transfer_nowhere", TransferTicket("hỏi đất đai", to_desk=1, to_service=Service.INTAKE)),
        ("desk_number", TransferTicket("hỏi đất đai", to_desk=0)),
        ("desk_number", TransferTicket("hỏi đất đai", to_desk=2, desk=100)),
        ("ticket_unknown", TransferTicket("hỏi đất đai", number=7, to_desk=2)),
        ("ticket_elsewhere", TransferTicket("hỏi đất đai", number=1, to_desk=3, desk=2)),
    ],
)
def test_wrong_transfer_changes_nothing(desk: Desk, code: str, command: TransferTicket) -> None:
    take(desk)
    call(desk)
    before = queue_of(desk)
    with pytest.raises(Refusal, match=code):
        desk.office.write(transfer_ticket, command, MORNING)
    assert queue_of(desk) == before


def test_number_at_another_desk_is_not_taken_from_it(desk: Desk) -> None:
    take(desk), take(desk)
    assert call(desk, at=2) == 1
    with pytest.raises(Refusal, match="ticket_elsewhere"):
        desk.office.write(recall, Recall(1), MORNING)
    assert call(desk) == 2
    assert [(line.number, line.desk, line.state.value) for line in queue_of(desk).called] == [
        (2, 1, "called"), (1, 2, "called")
    ]  # fmt: skip
    with pytest.raises(Refusal, match="ticket_served"):
        take(desk), call(desk)
        desk.office.write(transfer_ticket, TransferTicket("hỏi đất đai", number=2, to_desk=5), MORNING)


def test_two_desks_at_once_call_no_number_twice(desk: Desk) -> None:
    for _ in range(12):
        take(desk)

    def calls(session: Any, at_desk: int) -> list[int]:
        return [
            next(line.number for line in session.write(call_next, CallNext(at_desk), MORNING).called
                 if line.desk == at_desk)
            for _ in range(6)
        ]  # fmt: skip

    with desk_session(desk.folder) as other, ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(calls, desk.office, 1), pool.submit(calls, other.office, 2)
        called = first.result() + second.result()
    assert sorted(called) == list(range(1, 13))


def test_queue_is_the_same_after_a_restart(desk: Desk) -> None:
    for _ in range(4):
        take(desk)
    call(desk)
    desk.office.write(set_aside, HOLD, MORNING)
    call(desk)
    desk.office.write(transfer_ticket, TransferTicket("hỏi đất đai", to_desk=3), MORNING)
    before = queue_of(desk)
    with desk_session(desk.folder) as again:
        assert queue_of(again) == before


@pytest.mark.parametrize("paper", [PaperSize.ROLL_80, PaperSize.A5])
def test_ticket_prints_are_on_record(desk: Desk, paper: PaperSize) -> None:
    take(desk)
    issued = desk.office.write(take_ticket, TakeTicket(Service.RESULT, paper), MORNING)
    desk.office.write(record_ticket_print, RecordTicketPrint(issued.printed.print_id, PrintStatus.PRINTED), MORNING)
    text = pdf_text(issued.printed.pdf)
    assert "002" in text and "Trước ông/bà còn 1 người." in text and "In lại" not in text
    again = desk.office.write(print_ticket, PrintTicket(2, paper), MORNING)
    assert again.reprint == 1 and "(In lại lần 1)" in pdf_text(again.pdf)
    rows = desk.rows("SELECT paper, reprint, status FROM ticket_act WHERE action = 'print' ORDER BY id")
    assert rows[-2:] == [(paper.value, 0, "printed"), (paper.value, 1, "prepared")]
    assert not read_codes(again.pdf)[0].barcodes


def test_failed_print_is_no_reprint(desk: Desk) -> None:
    issued = take(desk)
    assert issued.printed is not None
    desk.office.write(record_ticket_print, RecordTicketPrint(issued.printed.print_id, PrintStatus.FAILED), MORNING)
    assert desk.office.write(print_ticket, PrintTicket(1), MORNING).reprint == 0
    with pytest.raises(Refusal, match="ticket_paper"):
        desk.office.write(print_ticket, PrintTicket(1, PaperSize.A4), MORNING)
    with pytest.raises(Refusal, match="ticket_unknown"):
        desk.office.write(print_ticket, PrintTicket(2), MORNING)


def test_minutes_come_from_the_pace_of_the_day(desk: Desk) -> None:
    for _ in range(8):
        take(desk)
    assert queue_of(desk).waiting[0].minutes is None
    for place in range(4):
        call(desk, MORNING + timedelta(minutes=5 * place))
    now = MORNING + timedelta(minutes=16)
    assert [line.minutes for line in queue_of(desk, now).waiting] == [5, 10, 15, 20]
    assert take(desk, when=now).minutes == 25
    assert queue_of(desk, now + timedelta(minutes=40)).waiting[0].minutes is None


def test_paper_is_drawn_only_on_demand(desk: Desk, tmp_path: Path) -> None:
    issued = desk.office.write(take_ticket, TakeTicket(paper=None), MORNING)
    assert issued.printed is None
    assert desk.rows("SELECT * FROM ticket_act") == []


@pytest.mark.parametrize("wrong", [0, 100])
def test_desk_out_of_range_is_refused(desk: Desk, wrong: int) -> None:
    take(desk)
    with pytest.raises(Refusal, match="desk_number"):
        call(desk, at=wrong)
    assert call(desk, at=99) == 1
