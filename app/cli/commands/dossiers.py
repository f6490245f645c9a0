"""Commands about dossiers.

They are `intake`, `show`, `act` and `deadline`.
"""

from typing import Any

from app.cli.argtypes import refuse_usage
from app.cli.jsonl import open_input, parse_line, read_lines
from app.cli.output import format_instant, print_json, print_line, print_pairs, print_table, refusal_to_json, warn
from app.cli.request import CliRequest, Command
from app.models.enums import Action, Channel
from app.models.errors import Refusal
from app.office.session import OfficeSession
from app.services.acts.amend_fee import AMENDABLE, is_amendable
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import DossierDetail, ShowDossier
from app.services.intake.command import AcceptDossier
from app.usecases.accounts.access_log import open_dossier
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.intake.accept import AcceptedDossier, accept_dossier
from app.usecases.intake.preview import Preview, PreviewPromise, preview_promise
from app.wording.numbers import money
from app.wording.status import action_name, status_name, step_verdict, unit_text


def intake(request: CliRequest) -> int:
    """Accept a dossier from each JSON line.

    Each line is answered as soon as it is committed.
    A refused line does not stop the next.
    """
    with open_input(request.args.file) as source:
        for line in read_lines(source):
            print_json(_accept(request.office, line))
    return 0


def _accept(office: OfficeSession, line: bytes) -> AcceptedDossier | dict[str, Any]:
    try:
        return office.write(accept_dossier, AcceptDossier.read(parse_line(line), office.entry_day()))
    except Refusal as refusal:
        return refusal_to_json(refusal)


def show(request: CliRequest) -> int:
    """Print all details of a dossier."""
    return _print_detail(request.office.write(open_dossier, ShowDossier(request.args.code)), request.as_json)


def act(request: CliRequest) -> int:
    """Carry out one action on a dossier and print it like `show`."""
    args = request.args
    unknown = next((name for name, _ in args.sets if not is_amendable(name)), None)
    if unknown is not None:
        refuse_usage(f"--set: không đính chính được mục «{unknown[:60]}»; các mục: {AMENDABLE}", "motcua act")
    command = ActOnDossier(
        code=args.code,
        action=Action(args.action),
        note=args.note,
        to=args.to,
        until=args.until,
        received_by=args.received_by,
        receiver_id=args.receiver_id,
        authority=args.authority,
        amount=args.amount,
        receipt=args.receipt,
        method=args.method,
        sets=tuple(args.sets),
        reason=args.reason,
        second=request.second_credentials,
    )
    detail = request.office.write(act_on_dossier, command)
    for warning in detail.warnings:
        warn(warning)
    return _print_detail(detail, request.as_json)


def _deadline_query(request: CliRequest) -> PreviewPromise:
    args = request.args
    return PreviewPromise(
        procedure=args.procedure,
        at=args.at,
        channel=None if args.channel is None else Channel(args.channel),
        place=args.place,
        level=args.level,
        birth=args.birth,
        exempt=None if args.exempt is None else tuple(args.exempt),
        pages=args.pages,
        quantity=args.quantity,
    )


def deadline(request: CliRequest) -> int:
    """Print due date, internal steps and fee of a dossier received at `--at`."""
    query = _deadline_query(request)
    preview = request.office.read(preview_promise, query)
    if request.as_json:
        print_json(_preview_json(query, preview))
        return 0
    for line in preview.deadline:
        print_line(line)
    for step in preview.steps:
        print_line(f"{step.holder}: {unit_text(step.limit, step.unit)}, đến {format_instant(step.due_at)}.")
    print_line(f"Phí, lệ phí: {'chưa rõ' if preview.fee is None else money(preview.fee)}.")
    for label, text in (("Miễn, giảm", preview.relief), ("Lưu ý", preview.advice)):
        if text:
            print_line(f"{label}: {text}")
    return 0


def _preview_json(query: PreviewPromise, preview: Preview) -> dict[str, Any]:
    """Return a preview as JSON.

    The fee is in it if a fact that may change the fee was given. Empty parts are left out.
    """
    answer: dict[str, Any] = {"due_at": preview.due_at, "deadline": preview.deadline}
    if query != PreviewPromise(query.procedure, query.at, place=query.place):
        answer["fee"] = preview.fee
    if preview.original_due_at != preview.due_at:
        answer["original_due_at"] = preview.original_due_at
    steps = [vars(step) for step in preview.steps]
    more = {"relief": preview.relief, "advice": preview.advice, "steps": steps}
    return answer | {name: part for name, part in more.items() if part and (name != "relief" or "fee" in answer)}


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
            ("Tiếp nhận", format_instant(sheet.received_at)),
            *[("Điểm tiếp nhận", place) for place in (sheet.place,) if place],
            ("Hẹn trả", format_instant(sheet.due_at)),
            ("Phí", "chưa rõ" if sheet.fee.amount is None else money(sheet.fee.amount)),
        ]
    )
    print_line()
    rows = [
        (
            format_instant(step.at),
            action_name(step.action),
            step.to or "",
            step_verdict(step.action, step.verdict),
            step.note or "",
        )
        for step in sheet.steps
    ]
    print_table(("LÚC", "VIỆC", "ĐẾN", "KẾT QUẢ", "GHI CHÚ"), rows, (16, 20, 28, 10, 22))
    return 0


COMMANDS = {
    "intake": Command(intake),
    "show": Command(show),
    "act": Command(act),
    "deadline": Command(deadline),
}
