"""The verbs about those who come: numbers, judgements, feedback, and the cards of the desk itself."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, print_pairs, print_table, to_jsonable
from app.models.enums import FeedbackChannel, FeedbackTopic, PaperSize, SatisfactionFace, Service
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.office.session import OfficeSession
from app.services.reporting import feedback as feedback_figures
from app.services.reporting import satisfaction
from app.services.reporting.feedback import FeedbackLine
from app.usecases.citizens.feedback import (
    AddFeedback,
    AnswerFeedback,
    ListFeedback,
    add_feedback,
    answer_feedback,
    report_feedback,
)
from app.usecases.citizens.queue import CallAgain, CallNext, GetQueue, Queue, TakeTicket, get_queue
from app.usecases.citizens.queue import call_again as again
from app.usecases.citizens.queue import call_next as call
from app.usecases.citizens.queue import take_ticket as take
from app.usecases.citizens.ratings import RateDossier, ReportSatisfaction, rate_dossier, report_satisfaction
from app.usecases.documents.shortcut_card import ShortcutCard, shortcut_card
from app.usecases.office.scanners import ScannerCard
from app.usecases.office.scanners import scanner_card as card
from app.usecases.reporting.citizen_sheets import feedback_sheet, satisfaction_sheet
from app.wording import citizens as words


def queue(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Draw a number, call one, or show who waits."""
    if args.part == "take":
        return _take(office, args, as_json)
    if args.part == "list":
        return _print_queue(office.read(get_queue, GetQueue()), as_json)
    if args.again:
        return _print_queue(office.write(again, CallAgain()), as_json)
    return _print_queue(office.write(call, CallNext()), as_json)


def _take(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    if args.out is not None:
        check_writable(args.out)
    taken = office.write(take, TakeTicket(Service(args.service)))
    if args.out is not None:
        write_atomically(args.out, taken.pdf)
    if as_json:
        print_json({"number": taken.number, "service": taken.service, "before": taken.before})
    else:
        print_line(f"Số {taken.number:03d}: {words.service_name(taken.service)}. {words.queue_position(taken.before)}")
    return 0


def _print_queue(told: Queue, as_json: bool) -> int:
    if as_json:
        print_json(told)
        return 0
    for line in told.called:
        print_line(f"Mời số {line.number:03d} đến quầy {line.desk}.")
    print_line(f"Đang chờ: {len(told.waiting)}.")
    rows = [(f"{line.number:03d}", words.service_name(line.service), f"{local(line.taken_at):%H:%M}")
            for line in told.waiting]  # fmt: skip
    print_table(("SỐ", "VIỆC", "LẤY LÚC"), rows, (6, 24, 8))
    return 0


def rate(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Keep how a dossier was judged."""
    done = office.write(
        rate_dossier, RateDossier(args.code, SatisfactionFace(args.face), _points(args.points), args.comment)
    )
    if as_json:
        print_json(done)
    else:
        print_line(f"Đã ghi đánh giá hồ sơ {done.code}: {words.face_name(done.face)}.")
    return 0


def _points(named: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The points by index. Raises Refusal `rating_index_twice`: nobody knows which of two was meant."""
    told = dict(named)
    if len(told) < len(named):
        indices = [index for index, _ in named]
        raise Refusal("rating_index_twice", "points", index=next(each for each in indices if indices.count(each) > 1))
    return told


def feedback(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Enter feedback, answer it, or list a period."""
    if args.part == "add":
        command = AddFeedback(
            args.content,
            FeedbackChannel(args.way),
            FeedbackTopic(args.about),
            args.sender,
            args.contact,
            args.code,
            args.due,
        )
        return _print_feedback([office.write(add_feedback, command)], as_json)
    if args.part == "answer":
        year = args.year or local_day(office.now()).year
        content = None if args.content_after is None else args.content_after == "yes"
        answer = AnswerFeedback(year, args.number, args.answer, content)
        return _print_feedback([office.write(answer_feedback, answer)], as_json)
    today = local_day(office.now())
    period = ListFeedback(args.first or date(today.year, 1, 1), args.last or today)
    return _print_feedback(list(office.read(report_feedback, period).rows), as_json)


def _print_feedback(lines: list[FeedbackLine], as_json: bool) -> int:
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    rows = [
        (f"{line.number}/{line.year}", f"{line.received_on:%d/%m/%Y}", words.feedback_topic_name(line.about),
        line.content,
         "đã trả lời" if line.answered_on else "quá hạn" if line.late else "chờ trả lời")
        for line in lines
    ]  # fmt: skip
    print_table(("SỐ", "NGÀY", "VỀ VIỆC", "NỘI DUNG", ""), rows, (9, 11, 18, 46, 12))
    return 0


def report(office: OfficeSession, args: argparse.Namespace, as_json: bool, period: tuple[date, date]) -> int:
    """`report satisfaction` and `report feedback`, on the screen or into a file."""
    name = office.facts.office.name
    if args.name == "satisfaction":
        content = office.read(report_satisfaction, ReportSatisfaction(*period))
        told, sheet = satisfaction.to_json(content), lambda: satisfaction_sheet(content, name)
        pairs = [("Hồ sơ được đánh giá", str(content.rated)), ("Tỷ lệ hài lòng", _percent(content.ratio))]
    else:
        table = office.read(report_feedback, ListFeedback(*period))
        told, sheet = feedback_figures.to_json(table), lambda: feedback_sheet(table, name)
        pairs = [
            ("Tiếp nhận trong kỳ", str(table.received)),
            ("Đã trả lời", f"{table.answered} ({table.answered_late} quá hạn)"),
            ("Chưa trả lời", f"{table.pending} ({table.pending_late} quá hạn)"),
            ("Tỷ lệ đúng hạn", _percent(table.ratio)),
        ]
    if args.out is not None:
        _write(args, told, sheet)
    if as_json:
        print_json(told)
    else:
        print_pairs([*pairs, ("Cách tính", str(told["definition"]))])
    return 0


def _percent(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.1f} %".replace(".", ",")


def _write(args: argparse.Namespace, told: Mapping[str, object], sheet: Callable[[], bytes]) -> None:
    import json

    ending = args.out.suffix.lower()
    if ending not in (".json", ".xlsx"):
        raise Refusal("report_format", "out", text=ending or args.out.name, allowed=".json, .xlsx")
    as_text = json.dumps(to_jsonable(told), ensure_ascii=False, indent=2) + "\n"
    write_atomically(args.out, as_text.encode() if ending == ".json" else sheet())


def write_scanner_card(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Write the card that scanners are tried with."""
    write_atomically(args.out, office.read(card, ScannerCard(PaperSize(args.paper))))
    if as_json:
        print_json({"file": str(args.out)})
    else:
        print_line(f"Đã ghi thẻ thử máy quét vào {args.out}.")
    return 0


def write_shortcut_card(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Write the card of keys that hangs beside the machine."""
    write_atomically(args.out, office.read(shortcut_card, ShortcutCard()))
    if as_json:
        print_json({"file": str(args.out)})
    else:
        print_line(f"Đã ghi thẻ nhanh vào {args.out}.")
    return 0


COMMANDS = {
    "queue": queue,
    "rate": rate,
    "feedback": feedback,
    "scanner-card": write_scanner_card,
    "keys-card": write_shortcut_card,
}
