"""The verbs about dossiers: intake, scan, show, search, act, deadline, print."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from app.cli.jsonl import as_json as parse_line
from app.cli.jsonl import open_input, read_lines
from app.cli.output import print_json, print_line, print_pairs, print_table, refusal_to_json, warn
from app.cli.secrets import second_credentials
from app.models.enums import Action
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.office.session import OfficeSession
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import DossierDetail, ShowDossier
from app.services.intake.command import AcceptDossier
from app.usecases.accounts.access_log import open_dossier
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.dossiers.queries import ReadScan, SearchDossiers, read_scan_text, search_dossiers, to_json
from app.usecases.intake.accept import accept_dossier
from app.usecases.intake.preview import PreviewPromise, preview_promise
from app.wording.numbers import money
from app.wording.status import action_name, status_name, verdict_name


def intake(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Take in each line and answer it as soon as it is on the disk; a bad line is refused and the next goes on."""
    with open_input(args.file) as source:
        for line in read_lines(source):
            print_json(_accept(office, line))
    return 0


def _accept(office: OfficeSession, line: bytes) -> Any:
    try:
        return office.write(accept_dossier, AcceptDossier.read(parse_line(line), local_day(office.now())))
    except Refusal as refusal:
        return refusal_to_json(refusal)


def scan(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """What a scanned text means."""
    found = office.read(read_scan_text, ReadScan(args.text))
    if found.warning:
        warn(found.warning)
    if as_json:
        print_json(to_json(found))
    elif found.line is not None:
        print_pairs(
            [
                ("Hồ sơ", found.line.code),
                ("Chủ hồ sơ", found.line.name),
                ("Thủ tục", found.line.procedure),
                ("Trạng thái", status_name(found.line.status)),
                ("Hẹn trả", _format_instant(found.line.due_at)),
            ]
        )
    elif found.card is not None:
        card = found.card
        print_pairs(
            [
                ("Thẻ của", card.name),
                ("Ngày sinh", card.birth_date or "…"),
                ("Địa chỉ", card.address or "…"),
                *[("Lưu ý", warning) for warning in card.warnings],
            ]
        )
    else:
        print_line(found.reason or "")
    return 0


def show(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """A dossier's whole sheet."""
    return _print_detail(office.write(open_dossier, ShowDossier(args.code)), as_json)


def search(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Dossiers that the words find, newest first."""
    found = office.read(search_dossiers, SearchDossiers(" ".join(args.words), args.limit))
    if as_json:
        for line in found:
            print_json(line)
        return 0
    rows = [
        (line.code, line.name, status_name(line.status), _format_instant(line.due_at), "quá hạn" if line.late else "")
        for line in found
    ]
    code = max((len(line.code) for line in found), default=8)
    print_table(("MÃ HỒ SƠ", "CHỦ HỒ SƠ", "TRẠNG THÁI", "HẸN TRẢ", ""), rows, (code, 49 - code, 22, 16, 7))
    print_line("" if found else "Không tìm thấy hồ sơ nào. Thử ít chữ hơn, hoặc gõ mã hồ sơ.")
    return 0


def act(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Carry out one act; answers like `show`."""
    command = ActOnDossier(
        args.code,
        Action(args.action),
        args.note,
        args.to,
        args.until,
        args.received_by,
        args.amount,
        args.receipt,
        tuple(args.sets),
        second_credentials(args),
    )
    return _print_detail(office.write(act_on_dossier, command), as_json)


def deadline(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """The date a dossier received at an hour would be promised, with its proof."""
    found = office.read(preview_promise, PreviewPromise(args.procedure, args.at))
    if as_json:
        print_json({"due_at": found.due_at, "deadline": found.deadline})
        return 0
    for line in found.deadline:
        print_line(line)
    return 0


def _print_detail(sheet: DossierDetail, as_json: bool) -> int:
    if as_json:
        print_json(sheet)
        return 0
    print_pairs(
        [
            ("Mã hồ sơ", f"{sheet.code}   (mã vạch {sheet.key})"),
            ("Thủ tục", f"{sheet.procedure.code}  {sheet.procedure.name}"),
            ("Chủ hồ sơ", sheet.applicant["name"]),
            ("Trạng thái", status_name(sheet.status) + (", quá hạn" if sheet.late else "")),
            *[("Cấp thay cho", code) for code in (sheet.replaces,) if code],
            *[("Đã cấp thay bằng", code) for code in (sheet.replaced_by,) if code],
            ("Đang giữ", sheet.holder),
            ("Tiếp nhận", _format_instant(sheet.received_at)),
            ("Hẹn trả", _format_instant(sheet.due_at)),
            ("Phí", "chưa rõ" if sheet.fee.amount is None else money(sheet.fee.amount)),
        ]
    )
    print_line()
    rows = [
        (
            _format_instant(step.at),
            action_name(step.action),
            step.to or "",
            verdict_name(step.verdict) if step.verdict else "",
            step.note or "",
        )
        for step in sheet.steps
    ]
    print_table(("LÚC", "VIỆC", "ĐẾN", "KẾT QUẢ", "GHI CHÚ"), rows, (16, 20, 28, 10, 22))
    return 0


def _format_instant(instant: Any) -> str:
    return "chưa xác định" if instant is None else f"{local(instant):%d/%m/%Y %H:%M}"


COMMANDS: Mapping[str, Callable[[OfficeSession, argparse.Namespace, bool], int]] = {
    "intake": intake,
    "scan": scan,
    "show": show,
    "search": search,
    "act": act,
    "deadline": deadline,
}
