"""The command `notices`: text messages to citizens."""

import logging
from collections.abc import Mapping
from pathlib import Path

from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, print_table, to_jsonable, warn
from app.cli.request import CliRequest, Command
from app.models.instants import local
from app.office.session import OfficeSession
from app.office.sms_round import Modem, send_waiting_sms
from app.services.sms_lines import SmsLine
from app.usecases.sms.outbox import (
    ListSms,
    MarkExported,
    SetOptOut,
    SetSmsEnabled,
    list_sms,
    mark_exported,
    set_opt_out,
    set_sms_enabled,
    sms_file,
)
from app.wording.sms import modem_problem, sms_status_name

_log = logging.getLogger(__name__)


def notices(request: CliRequest) -> int:
    """List, export or send messages, or switch them on or off."""
    return _SUBCOMMANDS[request.args.subcommand](request)


def _set_enabled(request: CliRequest) -> int:
    outbox = request.office.write(set_sms_enabled, SetSmsEnabled(request.args.subcommand == "on"))
    if request.as_json:
        print_json({"wanted": outbox.enabled, "waiting": len(outbox.lines)})
    else:
        word = "Từ nay lập tin nhắn theo từng việc" if outbox.enabled else "Từ nay không lập tin nhắn"
        print_line(f"{word}. Đang chờ gửi: {len(outbox.lines)}.")
    return 0


def _set_opt_out(request: CliRequest) -> int:
    opted_out = request.args.subcommand == "stop"
    phone = request.office.write(set_opt_out, SetOptOut(request.args.phone, opted_out))
    if request.as_json:
        print_json({"phone": phone, "wanted": not opted_out})
    else:
        print_line(f"Số {phone}: {'không gửi tin nhắn nữa' if opted_out else 'được gửi tin nhắn'}.")
    return 0


def _list(request: CliRequest) -> int:
    outbox = request.office.read(list_sms, ListSms(request.args.waiting))
    if request.as_json:
        for line in outbox.lines:
            print_json(to_jsonable(line))
        return 0
    rows = [
        (line.code, line.phone, line.name, sms_status_name(line.status), _format_instant(line)) for line in outbox.lines
    ]
    print_table(("MÃ HỒ SƠ", "ĐIỆN THOẠI", "VIỆC", "TÌNH TRẠNG", "LẬP LÚC"), rows, (24, 12, 20, 20, 12))
    if not outbox.enabled:
        warn("Cơ quan chưa bật tin nhắn. Bật bằng lệnh: notices on.")
    return 0


def _format_instant(line: SmsLine) -> str:
    return f"{local(line.made_at):%H:%M %d/%m}"


def _export(request: CliRequest) -> int:
    """Write the waiting messages into a file, then mark them as exported."""
    args = request.args
    check_writable(args.file)
    lines = _waiting_sms(request.office)
    write_atomically(args.file, sms_file(lines, args.file.suffix))
    exported = request.office.write(mark_exported, MarkExported(tuple(line.id for line in lines)))
    counts = {"file": str(Path(args.file)), "handed_over": exported}
    return _print_counts(request.as_json, counts, f"Đã ghi {exported} tin nhắn.")


def _waiting_sms(office: OfficeSession) -> tuple[SmsLine, ...]:
    return office.read(list_sms, ListSms(waiting=True)).lines


def _send(request: CliRequest) -> int:
    """Send the waiting messages, oldest first.

    The exit status is 3 if the modem failed.
    """
    patience = request.args.patience
    result = send_waiting_sms(request.office, lambda: Modem(request.args.port, patience, patience * 6))
    if result.failure:
        warn(modem_problem(result.failure))
        _log.error("modem: %s", result.failure)
    counts = {"sent": result.sent, "refused": result.refused, "waiting": result.left, "trouble": result.failure or None}
    sentence = f"Đã gửi {result.sent} tin nhắn, mạng không nhận {result.refused}, còn lại {result.left}."
    _print_counts(request.as_json, counts, sentence)
    return 3 if result.failure else 0


def _print_counts(as_json: bool, counts: Mapping[str, object], sentence: str) -> int:
    if as_json:
        print_json(counts)
    else:
        print_line(sentence)
    return 0


_SUBCOMMANDS = {
    "on": _set_enabled,
    "off": _set_enabled,
    "stop": _set_opt_out,
    "allow": _set_opt_out,
    "list": _list,
    "export": _export,
    "send": _send,
}
COMMANDS = {"notices": Command(notices)}
