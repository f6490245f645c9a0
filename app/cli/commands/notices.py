"""The verbs about notices to citizens' telephones."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, print_table, to_jsonable, warn
from app.models.instants import local
from app.office.session import OfficeSession
from app.office.sms_round import Modem, send_waiting_sms
from app.services.sms_lines import SmsLine
from app.usecases.sms import outbox as told
from app.usecases.sms.outbox import ListSms, MarkExported, SetOptOut
from app.usecases.sms.outbox import SetSmsEnabled as Want
from app.wording.sms import modem_problem, sms_situation_name, sms_status_name


def notices(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """List, hand over or send, or say whether and to whom notices go."""
    return _SUBCOMMANDS[args.part](office, args, as_json)


def _set_enabled(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    after = office.write(told.set_sms_enabled, Want(args.part == "on"))
    if as_json:
        print_json({"wanted": after.enabled, "waiting": len(after.lines)})
    else:
        word = "Từ nay lập tin nhắn theo từng việc" if after.enabled else "Từ nay không lập tin nhắn"
        print_line(f"{word}. Đang chờ gửi: {len(after.lines)}.")
    return 0


def _set_opt_out(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    opted_out = args.part == "stop"
    phone = office.write(told.set_opt_out, SetOptOut(args.phone, opted_out))
    if as_json:
        print_json({"phone": phone, "wanted": not opted_out})
    else:
        print_line(f"Số {phone}: {'không gửi tin nhắn nữa' if opted_out else 'được gửi tin nhắn'}.")
    return 0


def _list(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    found = office.read(told.list_sms, ListSms(args.waiting))
    if as_json:
        for line in found.lines:
            print_json(to_jsonable(line))
        return 0
    rows = [
        (line.code, line.phone, sms_situation_name(line.situation), sms_status_name(line.status), _format_instant(line))
        for line in found.lines
    ]
    print_table(("MÃ HỒ SƠ", "ĐIỆN THOẠI", "VIỆC", "TÌNH TRẠNG", "LẬP LÚC"), rows, (24, 12, 20, 20, 12))
    if not found.enabled:
        warn("Cơ quan chưa bật tin nhắn. Bật bằng lệnh: notices on.")
    return 0


def _format_instant(line: SmsLine) -> str:
    return f"{local(line.made_at):%H:%M %d/%m}"


def _export(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """The file is whole on the disk before the notices count as handed over."""
    check_writable(args.file)
    lines = _waiting_sms(office)
    write_atomically(args.file, told.sms_csv(lines))
    handed = office.write(told.mark_exported, MarkExported(tuple(line.id for line in lines)))
    return _print_counts(as_json, {"file": str(Path(args.file)), "handed_over": handed}, f"Đã ghi {handed} tin nhắn.")


def _waiting_sms(office: OfficeSession) -> tuple[SmsLine, ...]:
    return office.read(told.list_sms, ListSms(waiting=True)).lines


def _send(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Send what waits, oldest first."""
    patience = args.patience
    done = send_waiting_sms(office, lambda: Modem(args.port, patience, patience * 6))
    if done.failure:
        warn(modem_problem(done.failure))
    counts = {"sent": done.sent, "refused": done.refused, "waiting": done.left, "trouble": done.failure or None}
    _print_counts(as_json, counts, f"Đã gửi {done.sent} tin nhắn, mạng không nhận {done.refused}, còn lại {done.left}.")
    return 3 if done.failure else 0


def _print_counts(as_json: bool, counts: Mapping[str, object], words: str) -> int:
    if as_json:
        print_json(counts)
    else:
        print_line(words)
    return 0


_Command = Callable[[OfficeSession, argparse.Namespace, bool], int]
_SUBCOMMANDS: Mapping[str, _Command] = {
    "on": _set_enabled,
    "off": _set_enabled,
    "stop": _set_opt_out,
    "allow": _set_opt_out,
    "list": _list,
    "export": _export,
    "send": _send,
}
COMMANDS: Mapping[str, _Command] = {"notices": notices}
