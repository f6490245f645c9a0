"""The verbs about many dossiers: sent together, taken over, counted in the tray."""

import argparse
import sys
from pathlib import Path

from app.cli.files import read_table, table_text
from app.cli.output import say, say_json, say_table
from app.office.session import OpenOffice
from app.usecases.dossiers.bulk import (
    CountTray,
    HandOverWork,
    SendMany,
    Sent,
    TrayLine,
    count_tray,
    hand_over_work,
    send_many,
)
from app.wording.status import status_name


def send(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Send several dossiers to one holder, all or none."""
    return _say_sent(office.write(send_many, SendMany(tuple(asked.codes), asked.to, asked.note)), as_json)


def take_over(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Send everything an absent holder has to another."""
    return _say_sent(office.write(hand_over_work, HandOverWork(asked.absent, asked.to, asked.note)), as_json)


def _say_sent(sent: Sent, as_json: bool) -> int:
    if as_json:
        say_json(sent)
    else:
        say(f"Đã chuyển {len(sent.codes)} hồ sơ: {', '.join(sent.codes)}.")
    return 0


def tray(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Compare scanned paper, one scan a line, with what should lie at the counter."""
    text = table_text(sys.stdin.buffer, "-", "replace") if asked.file == "-" else read_table(Path(asked.file))
    count = office.read(count_tray, CountTray(tuple(line.strip() for line in text.splitlines() if line.strip())))
    if as_json:
        say_json(count)
        return 0
    say(f"Khớp {count.agreed} hồ sơ.")
    for title, lines in (
        ("Thiếu trong khay", count.missing),
        ("Thừa trong khay", count.extra),
        ("Quá hạn", count.late),
    ):
        _say_lines(title, lines)
    for blank in count.blanks:
        say(f"Giấy in sẵn chưa nhập vào máy: {blank}")
    for stranger in count.strangers:
        say(f"Không nhận ra: {stranger}")
    return 0


def _say_lines(title: str, lines: tuple[TrayLine, ...]) -> None:
    if lines:
        say(f"{title}: {len(lines)}")
        rows = [(line.code, line.name, status_name(line.status), line.holder) for line in lines]
        say_table(
            ("  MÃ HỒ SƠ", "CHỦ HỒ SƠ", "TRẠNG THÁI", "ĐANG GIỮ"),
            [(f"  {a}", b, c, d) for a, b, c, d in rows],
            (24, 30, 22, 20),
        )


VERBS = {"send-many": send, "take-over": take_over, "tray": tray}
