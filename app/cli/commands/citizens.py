"""The verbs about those who come: numbers, judgements, feedback, and the cards of the desk itself."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.cli.files import ready_for, write_whole
from app.cli.output import plain, say, say_json, say_pairs, say_table
from app.models.enums import Face, FeedbackAbout, FeedbackWay, PaperSize, Service
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.office.session import OpenOffice
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
from app.usecases.citizens.queue import AskQueue, CallAgain, CallNext, Queue, TakeTicket, ask_queue
from app.usecases.citizens.queue import call_again as again
from app.usecases.citizens.queue import call_next as call
from app.usecases.citizens.queue import take_ticket as take
from app.usecases.citizens.ratings import Rate, ReportSatisfaction, report_satisfaction
from app.usecases.citizens.ratings import rate as rate_service
from app.usecases.documents.shortcut_card import KeysCard, keys_card
from app.usecases.office.scanners import ScannerCard
from app.usecases.office.scanners import scanner_card as card
from app.usecases.reporting.citizen_sheets import feedback_sheet, satisfaction_sheet
from app.wording import citizens as words


def queue(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Draw a number, call one, or show who waits."""
    if asked.part == "take":
        return _take(office, asked, as_json)
    if asked.part == "list":
        return _say_queue(office.read(ask_queue, AskQueue()), as_json)
    if asked.again:
        return _say_queue(office.write(again, CallAgain()), as_json)
    return _say_queue(office.write(call, CallNext()), as_json)


def _take(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    if asked.out is not None:
        ready_for(asked.out)
    taken = office.write(take, TakeTicket(Service(asked.service)))
    if asked.out is not None:
        write_whole(asked.out, taken.pdf)
    if as_json:
        say_json({"number": taken.number, "service": taken.service, "before": taken.before})
    else:
        say(f"Số {taken.number:03d}: {words.service_name(taken.service)}. {words.before_you(taken.before)}")
    return 0


def _say_queue(told: Queue, as_json: bool) -> int:
    if as_json:
        say_json(told)
        return 0
    for line in told.called:
        say(f"Mời số {line.number:03d} đến quầy {line.desk}.")
    say(f"Đang chờ: {len(told.waiting)}.")
    rows = [(f"{line.number:03d}", words.service_name(line.service), f"{local(line.taken_at):%H:%M}")
            for line in told.waiting]  # fmt: skip
    say_table(("SỐ", "VIỆC", "LẤY LÚC"), rows, (6, 24, 8))
    return 0


def rate(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Keep how a dossier was judged."""
    done = office.write(rate_service, Rate(asked.code, Face(asked.face), _points(asked.points), asked.comment))
    if as_json:
        say_json(done)
    else:
        say(f"Đã ghi đánh giá hồ sơ {done.code}: {words.face_name(done.face)}.")
    return 0


def _points(named: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The points by index. Raises Refusal `rating_index_twice`: nobody knows which of two was meant."""
    told = dict(named)
    if len(told) < len(named):
        indices = [index for index, _ in named]
        raise Refusal("rating_index_twice", "points", index=next(each for each in indices if indices.count(each) > 1))
    return told


def feedback(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Enter feedback, answer it, or list a period."""
    if asked.part == "add":
        command = AddFeedback(
            asked.content,
            FeedbackWay(asked.way),
            FeedbackAbout(asked.about),
            asked.sender,
            asked.contact,
            asked.code,
            asked.due,
        )
        return _say_feedback([office.write(add_feedback, command)], as_json)
    if asked.part == "answer":
        year = asked.year or local_day(office.now()).year
        content = None if asked.content_after is None else asked.content_after == "yes"
        answer = AnswerFeedback(year, asked.number, asked.answer, content)
        return _say_feedback([office.write(answer_feedback, answer)], as_json)
    today = local_day(office.now())
    period = ListFeedback(asked.first or date(today.year, 1, 1), asked.last or today)
    return _say_feedback(list(office.read(report_feedback, period).rows), as_json)


def _say_feedback(lines: list[FeedbackLine], as_json: bool) -> int:
    if as_json:
        for line in lines:
            say_json(line)
        return 0
    rows = [
        (f"{line.number}/{line.year}", f"{line.received_on:%d/%m/%Y}", words.about_name(line.about), line.content,
         "đã trả lời" if line.answered_on else "quá hạn" if line.late else "chờ trả lời")
        for line in lines
    ]  # fmt: skip
    say_table(("SỐ", "NGÀY", "VỀ VIỆC", "NỘI DUNG", ""), rows, (9, 11, 18, 46, 12))
    return 0


def report(office: OpenOffice, asked: argparse.Namespace, as_json: bool, period: tuple[date, date]) -> int:
    """`report satisfaction` and `report feedback`, on the screen or into a file."""
    name = office.facts.office.name
    if asked.name == "satisfaction":
        content = office.read(report_satisfaction, ReportSatisfaction(*period))
        told, sheet = satisfaction.told(content), lambda: satisfaction_sheet(content, name)
        pairs = [("Hồ sơ được đánh giá", str(content.rated)), ("Tỷ lệ hài lòng", _percent(content.ratio))]
    else:
        table = office.read(report_feedback, ListFeedback(*period))
        told, sheet = feedback_figures.told(table), lambda: feedback_sheet(table, name)
        pairs = [
            ("Tiếp nhận trong kỳ", str(table.received)),
            ("Đã trả lời", f"{table.answered} ({table.answered_late} quá hạn)"),
            ("Chưa trả lời", f"{table.pending} ({table.pending_late} quá hạn)"),
            ("Tỷ lệ đúng hạn", _percent(table.ratio)),
        ]
    if asked.out is not None:
        _write(asked, told, sheet)
    if as_json:
        say_json(told)
    else:
        say_pairs([*pairs, ("Cách tính", str(told["definition"]))])
    return 0


def _percent(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.1f} %".replace(".", ",")


def _write(asked: argparse.Namespace, told: Mapping[str, object], sheet: Callable[[], bytes]) -> None:
    import json

    ending = asked.out.suffix.lower()
    if ending not in (".json", ".xlsx"):
        raise Refusal("report_format", "out", text=ending or asked.out.name, allowed=".json, .xlsx")
    as_text = json.dumps(plain(told), ensure_ascii=False, indent=2) + "\n"
    write_whole(asked.out, as_text.encode() if ending == ".json" else sheet())


def scanner(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Write the card that scanners are tried with."""
    write_whole(asked.out, office.read(card, ScannerCard(PaperSize(asked.paper))))
    if as_json:
        say_json({"file": str(asked.out)})
    else:
        say(f"Đã ghi thẻ thử máy quét vào {asked.out}.")
    return 0


def keys(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Write the card of keys that hangs beside the machine."""
    write_whole(asked.out, office.read(keys_card, KeysCard()))
    if as_json:
        say_json({"file": str(asked.out)})
    else:
        say(f"Đã ghi thẻ nhanh vào {asked.out}.")
    return 0


VERBS = {"queue": queue, "rate": rate, "feedback": feedback, "scanner-card": scanner, "keys-card": keys}
