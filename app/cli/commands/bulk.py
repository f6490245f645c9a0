"""The commands about many dossiers: `send-many`, `take-over`, `tray`."""

import sys
from pathlib import Path

from app.cli.files import read_table, table_text
from app.cli.output import print_json, print_line, print_table
from app.cli.request import CliRequest, Command
from app.usecases.dossiers.bulk import (
    BulkSend,
    CountTray,
    ReassignWork,
    SentDossiers,
    TrayLine,
    bulk_send,
    count_tray,
    reassign_work,
)
from app.wording.status import status_name


def send(request: CliRequest) -> int:
    """Send several dossiers to one holder, all or none."""
    args = request.args
    sent = request.office.write(bulk_send, BulkSend(tuple(args.codes), args.to, args.note))
    return _print_sent(sent, request.as_json)


def take_over(request: CliRequest) -> int:
    """Send all dossiers of an absent holder to another."""
    args = request.args
    sent = request.office.write(reassign_work, ReassignWork(args.absent, args.to, args.note))
    return _print_sent(sent, request.as_json)


def _print_sent(sent: SentDossiers, as_json: bool) -> int:
    if as_json:
        print_json(sent)
    else:
        print_line(f"Đã chuyển {len(sent.codes)} hồ sơ: {', '.join(sent.codes)}.")
    return 0


def tray(request: CliRequest) -> int:
    """Compare scanned paper files, one per line, with the database."""
    file = request.args.file
    text = table_text(sys.stdin.buffer, "-", "replace") if file == "-" else read_table(Path(file))
    scans = tuple(line.strip() for line in text.splitlines() if line.strip())
    count = request.office.read(count_tray, CountTray(scans))
    if request.as_json:
        print_json(count)
        return 0
    print_line(f"Khớp {count.agreed} hồ sơ.")
    for title, lines in (
        ("Thiếu trong khay", count.missing),
        ("Thừa trong khay", count.extra),
        ("Quá hạn", count.late),
    ):
        _print_lines(title, lines)
    for blank in count.blanks:
        print_line(f"Giấy in sẵn chưa nhập vào máy: {blank}")
    for text in count.strangers:
        print_line(f"Không nhận ra: {text}")
    return 0


def _print_lines(title: str, lines: tuple[TrayLine, ...]) -> None:
    if lines:
        print_line(f"{title}: {len(lines)}")
        rows = [(line.code, line.name, status_name(line.status), line.holder) for line in lines]
        print_table(
            ("  MÃ HỒ SƠ", "CHỦ HỒ SƠ", "TRẠNG THÁI", "ĐANG GIỮ"),
            [(f"  {a}", b, c, d) for a, b, c, d in rows],
            (24, 30, 22, 20),
        )


COMMANDS = {"send-many": Command(send), "take-over": Command(take_over), "tray": Command(tray)}
