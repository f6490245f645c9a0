"""The main job from end to end on a training office: taken in, printed, read back off the page, moved, returned,
counted, sent up. Every person and number here is invented."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.cli.context import CliContext
from app.cli.files import write_atomically
from app.cli.output import print_json, print_line
from app.cli.training import CLERK, DEMO_OFFICE, VISITS
from app.models.enums import Action, PaperForm, PaperSize, PrintStatus
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.office.session import OfficeSession
from app.services.dossier_actions import ActOnDossier
from app.services.intake.command import AcceptDossier
from app.services.reporting.figures_06a import Report06a
from app.usecases.documents.prepare import PreparePaper, RecordPrints, prepare_paper, read_codes, record_prints
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.dossiers.queries import ReadScan, read_scan_text
from app.usecases.intake.accept import AcceptedDossier, accept_dossier
from app.usecases.office.integrity import CheckOffice, check_office
from app.usecases.reporting.figures_06a import preset_period, report_06a, report_file
from app.usecases.sync.export import ExportBundle, export_bundle
from app.wording.status import form_name

_PAPERS = (
    (PaperForm.RECEIPT, PaperSize.A5),
    (PaperForm.RECEIPT, PaperSize.A4),
    (PaperForm.RECEIPT, PaperSize.ROLL_80),
    (PaperForm.CONTROL, PaperSize.A5),
    (PaperForm.CONTROL, PaperSize.A4),
)
_JUSTICE_OFFICER = "Công chức Tư pháp - Hộ tịch"


class DemoRun:
    """One run of the demonstration: where its files lie, what the hour is, what was done."""

    def __init__(self, office: OfficeSession, folder: Path, start: datetime) -> None:
        self.office = office
        self.folder = folder
        self.at = start
        self.files: list[str] = []
        self.codes_read = 0

    def advance(self, minutes: int) -> datetime:
        """The hour after some minutes have gone by."""
        self.at += timedelta(minutes=minutes)
        return self.at

    def write_file(self, name: str, content: bytes) -> Path:
        """Write a file into the demonstration's folder."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, content)
        self.files.append(name)
        return file


def demo(args: argparse.Namespace, as_json: bool, context: CliContext) -> int:
    """Run the main job on a fresh training office and say where everything lies."""
    now = getattr(args, "now", None) or context.clock()
    folder = args.out or _new_folder(Path.cwd(), now)
    context.create_office(folder / "co-quan", DEMO_OFFICE, True, now, "")
    office = context.open_office(folder / "co-quan", CLERK, None, "")
    try:
        told = _run_scenario(DemoRun(office, folder, _opening_time(now)), as_json)
    finally:
        office.close()
    if as_json:
        print_json({"folder": str(folder), **told})
        return 0
    print_line(f"Mọi tệp nằm trong {folder}:")
    for name in told["files"]:
        print_line(f"  {name}")
    print_line(f"Mở cửa sổ trên dữ liệu này: python3 main.py --data {folder / 'co-quan'}")
    return 0


def _run_scenario(stage: DemoRun, as_json: bool) -> dict[str, Any]:
    accepted = [_take_in(stage, visit) for visit in VISITS[:3]]
    _print_progress(as_json, f"Tiếp nhận {len(accepted)} hồ sơ: " + ", ".join(one.code for one in accepted) + ".")
    for place, one in enumerate(accepted[:2], 1):
        for form, size in _PAPERS:
            _print(stage, one, form, size, place)
    _print_progress(
        as_json,
        f"In {len(stage.files)} tệp giấy tờ; đọc lại được {stage.codes_read} mã vạch và mã QR từ trang in, mã nào "
        "cũng mở đúng hồ sơ.",
    )
    status = _run_to_return(stage, accepted[0].code)
    _act(stage, accepted[1].code, Action.WITHDRAW, note="Công dân đề nghị rút")
    _print_progress(
        as_json, f"Hồ sơ {accepted[0].code}: chuyển, nhận, có kết quả, trả kết quả; hồ sơ {accepted[1].code} được rút."
    )
    totals = _report(stage)
    _print_progress(
        as_json,
        f"Báo cáo 06a: tiếp nhận {totals['received']}, đã giải quyết {totals['resolved']}, đang giải quyết "
        f"{totals['pending']}, xin rút {totals['withdrawn']}; mọi tổng đều khớp.",
    )
    sent = stage.office.write(export_bundle, ExportBundle(), stage.advance(1))
    stage.write_file(f"dong-bo/{sent.file_name}", sent.content)
    checked = stage.office.read(check_office, CheckOffice(), stage.at)
    _print_progress(
        as_json,
        f"Tệp đồng bộ số {sent.sequence} có {sent.records} bản ghi đã ký, không có thông tin cá nhân. "
        + ("Kiểm tra dữ liệu: nguyên vẹn." if checked.ok else "Kiểm tra dữ liệu: có điều cần xem."),
    )
    if not checked.ok:
        raise Refusal("demo_unsound", None, found=checked.findings[0].message)
    return {
        "dossiers": [one.code for one in accepted],
        "status": status,
        "codes_read": stage.codes_read,
        "report": totals,
        "sync_records": sent.records,
        "files": stage.files,
    }


def _take_in(stage: DemoRun, visit: Mapping[str, Any]) -> AcceptedDossier:
    at = stage.advance(6)
    return stage.office.write(accept_dossier, AcceptDossier.read(visit, local_day(at)), at)


def _print(stage: DemoRun, accepted: AcceptedDossier, form: PaperForm, size: PaperSize, place: int) -> None:
    """Print one paper into a file and read every code back off its pages, as the scanner at the desk would."""
    command = PreparePaper(accepted.code, form, None, size)
    prepared = stage.office.write(prepare_paper, command, stage.advance(1))
    stage.write_file(f"giay/{place}-{form.value}-{size.value}.pdf", prepared.pdf)
    stage.office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.PRINTED), stage.at)
    pages = read_codes(prepared.pdf)
    bars = [text for page in pages for text in page.barcodes]
    squares = [text for page in pages for text in page.qr_codes if "\n" in text]
    opened = [stage.office.read(read_scan_text, ReadScan(text), stage.at).line for text in (*bars, *squares)]
    unread = len(bars) < len(pages) or len(squares) < prepared.copies
    if unread or any(line is None or line.code != accepted.code for line in opened):
        raise Refusal("demo_code_unread", None, form=form_name(form), paper=size.value)
    stage.codes_read += len(opened)


def _run_to_return(stage: DemoRun, code: str) -> str:
    _act(stage, code, Action.SEND, to=_JUSTICE_OFFICER)
    _act(stage, code, Action.RECEIVE)
    _act(stage, code, Action.FINISH)
    return _act(stage, code, Action.RETURN, received_by="Huỳnh Thị Ẫm Ỷ")


def _act(stage: DemoRun, code: str, action: Action, **told: Any) -> str:
    sheet = stage.office.write(act_on_dossier, ActOnDossier(code, action, **told), stage.advance(4))
    return str(sheet.status.value)


def _report(stage: DemoRun) -> dict[str, Any]:
    day = local_day(stage.at)
    table = stage.office.read(report_06a, Report06a(*preset_period("quarter", day)), stage.at)
    if table.checks:
        raise Refusal("demo_unsound", None, found=table.checks[0].identity)
    office = stage.office.facts.office
    for ending in ("json", "xlsx"):
        name = f"bao-cao/06a.{ending}"
        (stage.folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(stage.folder / name, report_file(table, f".{ending}", office.name, office.parent))
        stage.files.append(name)
    return {name: getattr(table.total, name) for name in ("received", "resolved", "pending", "withdrawn")}


def fill_with_sample_work(context: CliContext, folder: Path, pretend: datetime | None) -> None:
    """Give a training office some days of invented work, so that every page of the window has something to show."""
    now = pretend or context.clock()
    office = context.open_office(folder, CLERK, None, "")
    try:
        for place, visit in enumerate(VISITS):
            start = _opening_time(now - timedelta(days=len(VISITS) - place))
            stage = DemoRun(office, folder, start + timedelta(minutes=17 * place % 120))
            _advance_dossier(stage, _take_in(stage, visit).code, place % 6)
    finally:
        office.close()


def _advance_dossier(stage: DemoRun, code: str, kind: int) -> None:
    """One of six lives: left at the counter, sent, received, finished, returned, asked for a supplement."""
    lives: Sequence[Sequence[tuple[Action, Mapping[str, Any]]]] = (
        (),
        ((Action.SEND, {"to": _JUSTICE_OFFICER}),),
        ((Action.SEND, {"to": "Công chức Địa chính"}), (Action.RECEIVE, {})),
        ((Action.SEND, {"to": _JUSTICE_OFFICER}), (Action.FINISH, {})),
        ((Action.SEND, {"to": _JUSTICE_OFFICER}), (Action.FINISH, {}), (Action.RETURN, {})),
        ((Action.ASK_SUPPLEMENT, {"note": "Bổ sung bản chính giấy tờ còn thiếu"}),),
    )
    sheet = stage.office.read(read_scan_text, ReadScan(code), stage.at)
    if sheet.line is not None and sheet.line.status.value == "received":
        for action, told in lives[kind]:
            _act(stage, code, action, **told)


def _opening_time(now: datetime) -> datetime:
    """Half past seven of the day, when the office opens."""
    return local(now).replace(hour=7, minute=30, second=0)


def _new_folder(parent: Path, now: datetime) -> Path:
    """A folder of this minute that is not there yet."""
    stamp = f"demo-{local(now):%Y%m%d-%H%M%S}"
    names = [parent / stamp, *(parent / f"{stamp}-{n}" for n in range(2, 100))]
    return next(folder for folder in names if not folder.exists())


def _print_progress(as_json: bool, line: str) -> None:
    if not as_json:
        print_line(line)
