"""Commands about citizens, and the printed cards of the desk.

They are `queue`, `rate`, `feedback`, `scanner-card` and `keys-card`.
"""

from collections.abc import Callable, Sequence
from datetime import date

from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, print_table
from app.cli.request import CliRequest, Command
from app.models.enums import (
    FeedbackChannel,
    FeedbackTopic,
    PaperSize,
    PrintStatus,
    SatisfactionFace,
    Service,
    TicketState,
)
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.services.queue.view import Queue, TicketLine
from app.services.reporting.feedback import FeedbackLine
from app.usecases.citizens.feedback import (
    AddFeedback,
    AnswerFeedback,
    ListFeedback,
    add_feedback,
    answer_feedback,
    report_feedback,
)
from app.usecases.citizens.queue import (
    GetQueue,
    PrintTicket,
    RecordTicketPrint,
    TakeTicket,
    TicketPrint,
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
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from app.usecases.documents.shortcut_card import ShortcutCard, shortcut_card
from app.usecases.office.scanners import ScannerCard, scanner_card
from app.wording import citizens as wording


def queue(request: CliRequest) -> int:
    """Issue, print, call, set aside or transfer a number, or list them."""
    return _QUEUE[request.args.subcommand](request)


def _take(request: CliRequest) -> int:
    args = request.args
    if args.out is not None:
        check_writable(args.out)
    paper = None if args.out is None else PaperSize(args.paper)
    ticket = request.office.write(take_ticket, TakeTicket(Service(args.service), paper))
    if ticket.printed is not None:
        _write_ticket(request, ticket.printed)
    if request.as_json:
        known = {} if ticket.minutes is None else {"minutes": ticket.minutes}
        print_json({"number": ticket.number, "service": ticket.service, "before": ticket.before, **known})
    else:
        position = wording.queue_position(ticket.before, ticket.minutes)
        print_line(f"Số {ticket.number:03d}: {wording.service_name(ticket.service)}. {position}")
    return 0


def _print_again(request: CliRequest) -> int:
    args = request.args
    check_writable(args.out)
    printed = request.office.write(print_ticket, PrintTicket(args.number, PaperSize(args.paper)))
    _write_ticket(request, printed)
    if request.as_json:
        print_json({"file": str(args.out), "number": printed.number, "reprint": printed.reprint})
    else:
        print_line(f"Đã ghi phiếu số {printed.number:03d} vào {args.out}.")
    return 0


def _write_ticket(request: CliRequest, printed: TicketPrint) -> None:
    """Write the ticket and record the outcome; a file counts as a print."""
    try:
        write_atomically(request.args.out, printed.pdf)
    except Exception:  # the caller reports it; the failed print stays on record
        request.office.write(record_ticket_print, RecordTicketPrint(printed.print_id, PrintStatus.FAILED))
        raise
    request.office.write(record_ticket_print, RecordTicketPrint(printed.print_id, PrintStatus.PRINTED))


def _call(request: CliRequest) -> int:
    args = request.args
    if args.number is not None:
        return _answer(request, recall, Recall(args.number, args.desk))
    if args.again:
        return _answer(request, call_again, CallAgain(args.desk))
    return _answer(request, call_next, CallNext(args.desk, tuple(map(Service, args.service))))


def _set_aside(request: CliRequest) -> int:
    args = request.args
    return _answer(request, set_aside, SetAside(args.subcommand == "absent", args.number, args.desk))


def _transfer(request: CliRequest) -> int:
    args = request.args
    service = None if args.to_service is None else Service(args.to_service)
    return _answer(request, transfer_ticket, TransferTicket(args.note, args.number, args.to_desk, service, args.desk))


def _answer(request: CliRequest, use_case: Callable[..., Queue], command: object) -> int:
    return _print_queue(request.office.write(use_case, command), request.as_json)


def _list(request: CliRequest) -> int:
    return _print_queue(request.office.read(get_queue, GetQueue()), request.as_json)


_QUEUE = {
    "take": _take,
    "print": _print_again,
    "call": _call,
    "hold": _set_aside,
    "absent": _set_aside,
    "transfer": _transfer,
    "list": _list,
}


def _print_queue(content: Queue, as_json: bool) -> int:
    if as_json:
        print_json(content)
        return 0
    for line in content.called:
        print_line(f"Mời số {line.number:03d} đến quầy {line.desk}.")
    print_line(f"Đang chờ: {len(content.waiting)}.")
    print_table(("SỐ", "VIỆC", "LẤY LÚC", "CHỜ"), [_row(line) for line in content.waiting], (6, 24, 8, 24))
    if content.aside:
        print_line(f"Để riêng: {len(content.aside)}.")
        print_table(("SỐ", "VIỆC", "LẤY LÚC", ""), [_row(line) for line in content.aside], (6, 24, 8, 24))
    return 0


def _row(line: TicketLine) -> tuple[str, ...]:
    if line.state is not TicketState.WAITING:
        last = wording.ticket_state_name(line.state)
    elif line.to_desk is not None:
        last = wording.only_desk(line.to_desk)
    else:
        last = "" if line.minutes is None else f"khoảng {wording.wait_words(line.minutes)}"
    return f"{line.number:03d}", wording.service_name(line.service), f"{local(line.taken_at):%H:%M}", last


def rate(request: CliRequest) -> int:
    """Record a citizen's rating of a dossier."""
    args = request.args
    command = RateDossier(args.code, SatisfactionFace(args.face), _points(args.points), args.comment)
    rating = request.office.write(rate_dossier, command)
    if request.as_json:
        print_json(rating)
    else:
        print_line(f"Đã ghi đánh giá hồ sơ {rating.code}: {wording.face_name(rating.face)}.")
    return 0


def _points(pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return the points by index.

    Raises Refusal `rating_index_twice`, because it is unclear which of two values is meant.
    """
    points = dict(pairs)
    if len(points) < len(pairs):
        indices = [index for index, _ in pairs]
        raise Refusal("rating_index_twice", "points", index=next(each for each in indices if indices.count(each) > 1))
    return points


def feedback(request: CliRequest) -> int:
    """Record feedback, answer it, or list the feedback of a period."""
    office, args = request.office, request.args
    if args.subcommand == "add":
        command = AddFeedback(
            content=args.content,
            way=FeedbackChannel(args.way),
            about=FeedbackTopic(args.about),
            sender=args.sender,
            contact=args.contact,
            code=args.code,
            due=args.due,
        )
        return _print_feedback([office.write(add_feedback, command)], request.as_json)
    if args.subcommand == "answer":
        year = args.year or local_day(office.now()).year
        satisfied = None if args.content_after is None else args.content_after == "yes"
        answer = AnswerFeedback(year, args.number, args.answer, satisfied)
        return _print_feedback([office.write(answer_feedback, answer)], request.as_json)
    today = local_day(office.now())
    period = ListFeedback(args.first or date(today.year, 1, 1), args.last or today)
    return _print_feedback(list(office.read(report_feedback, period).rows), request.as_json)


def _print_feedback(lines: list[FeedbackLine], as_json: bool) -> int:
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    rows = [
        (
            f"{line.number}/{line.year}",
            f"{line.received_on:%d/%m/%Y}",
            wording.feedback_topic_name(line.about),
            line.content,
            "đã trả lời" if line.answered_on else "quá hạn" if line.late else "chờ trả lời",
        )
        for line in lines
    ]
    print_table(("SỐ", "NGÀY", "VỀ VIỆC", "NỘI DUNG", ""), rows, (9, 11, 18, 46, 12))
    return 0


def write_scanner_card(request: CliRequest) -> int:
    """Write the card of test codes and set-up codes for scanners."""
    args = request.args
    write_atomically(args.out, request.office.read(scanner_card, ScannerCard(PaperSize(args.paper))))
    if request.as_json:
        print_json({"file": str(args.out)})
    else:
        print_line(f"Đã ghi thẻ thử máy quét vào {args.out}.")
    return 0


def write_shortcut_card(request: CliRequest) -> int:
    """Write the card of keyboard shortcuts."""
    args = request.args
    write_atomically(args.out, request.office.read(shortcut_card, ShortcutCard()))
    if request.as_json:
        print_json({"file": str(args.out)})
    else:
        print_line(f"Đã ghi thẻ nhanh vào {args.out}.")
    return 0


COMMANDS = {
    "queue": Command(queue),
    "rate": Command(rate),
    "feedback": Command(feedback),
    "scanner-card": Command(write_scanner_card),
    "keys-card": Command(write_shortcut_card),
}
