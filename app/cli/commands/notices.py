"""The verbs about notices to citizens' telephones."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from app.cli.files import ready_for, write_whole
from app.cli.output import plain, say, say_json, say_table, warn
from app.models.instants import local
from app.office.session import OpenOffice
from app.office.sms_round import Modem, send_waiting
from app.services.sms_lines import NoticeLine
from app.usecases.sms import outbox as told
from app.usecases.sms.outbox import Handed, LeaveAlone, ListNotices
from app.usecases.sms.outbox import WantNotices as Want
from app.wording.sms import modem_trouble, notice_status, situation_name


def notices(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """List, hand over or send, or say whether and to whom notices go."""
    return _PARTS[asked.part](office, asked, as_json)


def _want(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    after = office.write(told.want_notices, Want(asked.part == "on"))
    if as_json:
        say_json({"wanted": after.wanted, "waiting": len(after.lines)})
    else:
        word = "Từ nay lập tin nhắn theo từng việc" if after.wanted else "Từ nay không lập tin nhắn"
        say(f"{word}. Đang chờ gửi: {len(after.lines)}.")
    return 0


def _leave_alone(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    alone = asked.part == "stop"
    phone = office.write(told.leave_alone, LeaveAlone(asked.phone, alone))
    if as_json:
        say_json({"phone": phone, "wanted": not alone})
    else:
        say(f"Số {phone}: {'không gửi tin nhắn nữa' if alone else 'được gửi tin nhắn'}.")
    return 0


def _list(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    found = office.read(told.list_notices, ListNotices(asked.waiting))
    if as_json:
        for line in found.lines:
            say_json(plain(line))
        return 0
    rows = [
        (line.code, line.phone, situation_name(line.situation), notice_status(line.status), _when(line))
        for line in found.lines
    ]
    say_table(("MÃ HỒ SƠ", "ĐIỆN THOẠI", "VIỆC", "TÌNH TRẠNG", "LẬP LÚC"), rows, (24, 12, 20, 20, 12))
    if not found.wanted:
        warn("Cơ quan chưa bật tin nhắn. Bật bằng lệnh: notices on.")
    return 0


def _when(line: NoticeLine) -> str:
    return f"{local(line.made_at):%H:%M %d/%m}"


def _export(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """The file is whole on the disk before the notices count as handed over."""
    ready_for(asked.file)
    lines = _waiting(office)
    write_whole(asked.file, told.notices_file(lines))
    handed = office.write(told.handed_over, Handed(tuple(line.id for line in lines)))
    return _say_counts(as_json, {"file": str(Path(asked.file)), "handed_over": handed}, f"Đã ghi {handed} tin nhắn.")


def _waiting(office: OpenOffice) -> tuple[NoticeLine, ...]:
    return office.read(told.list_notices, ListNotices(waiting=True)).lines


def _send(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Send what waits, oldest first."""
    patience = asked.patience
    done = send_waiting(office, lambda: Modem(asked.port, patience, patience * 6))
    if done.trouble:
        warn(modem_trouble(done.trouble))
    counts = {"sent": done.sent, "refused": done.refused, "waiting": done.left, "trouble": done.trouble or None}
    _say_counts(as_json, counts, f"Đã gửi {done.sent} tin nhắn, mạng không nhận {done.refused}, còn lại {done.left}.")
    return 3 if done.trouble else 0


def _say_counts(as_json: bool, counts: Mapping[str, object], words: str) -> int:
    if as_json:
        say_json(counts)
    else:
        say(words)
    return 0


_Verb = Callable[[OpenOffice, argparse.Namespace, bool], int]
_PARTS: Mapping[str, _Verb] = {
    "on": _want,
    "off": _want,
    "stop": _leave_alone,
    "allow": _leave_alone,
    "list": _list,
    "export": _export,
    "send": _send,
}
VERBS: Mapping[str, _Verb] = {"notices": notices}
