"""The command `demo`, and the sample data of the training office.

Dossiers are accepted, printed, read back from the page, moved, returned, reported and exported.
All people and numbers are fictitious.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.cli.context import CliContext
from app.cli.files import write_atomically
from app.cli.output import print_json, print_line, program_call
from app.cli.request import CliRequest, Command
from app.cli.training import CLERK, DEMO_OFFICE, VISITS
from app.disk import make_folder
from app.models.enums import Action, PaperForm, PaperSize, PrintStatus
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.office.exchange.sync_export import export_bundle
from app.office.session import OfficeSession
from app.services.dossier_actions import ActOnDossier
from app.services.intake.command import AcceptDossier
from app.services.reporting.export import report_file
from app.services.reporting.query import ReportQuery
from app.usecases.documents.prepare import PreparePaper, RecordPrints, prepare_paper, read_codes, record_prints
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.dossiers.scans import ReadScan, read_scan_text
from app.usecases.intake.accept import AcceptedDossier, accept_dossier
from app.usecases.office.integrity import CheckOffice, check_office
from app.usecases.reporting.periods import FindPeriod, find_period
from app.usecases.reporting.tables import make_report
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
    """One run of the demonstration: folder, clock and results."""

    def __init__(self, office: OfficeSession, folder: Path, start: datetime) -> None:
        self.office = office
        self.folder = folder
        self.at = start
        self.files: list[str] = []
        self.codes_read = 0

    def advance(self, minutes: int) -> datetime:
        """Advance the clock of the run and return the new instant."""
        self.at += timedelta(minutes=minutes)
        return self.at

    def write_file(self, name: str, content: bytes) -> Path:
        """Write a file into the demonstration's folder."""
        file = self.folder / name
        make_folder(file.parent)
        write_atomically(file, content)
        self.files.append(name)
        return file


def demo(request: CliRequest) -> int:
    """Run the demonstration on a new office and print its files."""
    context = request.context
    now = request.pretended_now or context.clock()
    folder = request.args.out or _new_folder(Path.cwd(), now)
    context.create_office(folder / "co-quan", DEMO_OFFICE, True, now, "")
    office = context.open_office(folder / "co-quan", CLERK, None, "")
    try:
        result = _run_scenario(DemoRun(office, folder, _opening_time(now)), request.as_json)
    finally:
        office.close()
    if request.as_json:
        print_json({"folder": str(folder), **result})
        return 0
    print_line(f"Mọi tệp nằm trong {folder}:")
    for name in result["files"]:
        print_line(f"  {name}")
    print_line(f"Mở cửa sổ trên dữ liệu này: {program_call()} --data {folder / 'co-quan'}")
    return 0


def _run_scenario(run: DemoRun, as_json: bool) -> dict[str, Any]:
    accepted = [_accept(run, visit) for visit in VISITS[:3]]
    codes = [dossier.code for dossier in accepted]
    _print_progress(as_json, f"Tiếp nhận {len(accepted)} hồ sơ: {', '.join(codes)}.")
    for position, dossier in enumerate(accepted[:2], 1):
        for form, size in _PAPERS:
            _print(run, dossier, form, size, position)
    _print_progress(
        as_json,
        f"In {len(run.files)} tệp giấy tờ; đọc lại được {run.codes_read} mã vạch và mã QR từ trang in, mã nào "
        "cũng mở đúng hồ sơ.",
    )
    status = _run_to_return(run, accepted[0].code)
    _act(run, accepted[1].code, Action.WITHDRAW, note="Công dân đề nghị rút")
    _print_progress(
        as_json, f"Hồ sơ {accepted[0].code}: chuyển, nhận, có kết quả, trả kết quả; hồ sơ {accepted[1].code} được rút."
    )
    totals = _report(run)
    _print_progress(
        as_json,
        f"Báo cáo 06a: tiếp nhận {totals['received']}, đã giải quyết {totals['resolved']}, đang giải quyết "
        f"{totals['pending']}, xin rút {totals['withdrawn']}; mọi tổng đều khớp.",
    )
    bundle = export_bundle(run.office, at=run.advance(1))
    run.write_file(f"dong-bo/{bundle.file_name}", bundle.content)
    integrity = run.office.read(check_office, CheckOffice(), run.at)
    _print_progress(
        as_json,
        f"Tệp đồng bộ số {bundle.sequence} có {bundle.records} bản ghi đã ký, không có thông tin cá nhân. "
        + ("Kiểm tra dữ liệu: nguyên vẹn." if integrity.ok else "Kiểm tra dữ liệu: có điều cần xem."),
    )
    if not integrity.ok:
        raise Refusal("demo_unsound", None, found=integrity.findings[0].message)
    return {
        "dossiers": codes,
        "status": status,
        "codes_read": run.codes_read,
        "report": totals,
        "sync_records": bundle.records,
        "files": run.files,
    }


def _accept(run: DemoRun, visit: Mapping[str, Any]) -> AcceptedDossier:
    at = run.advance(6)
    return run.office.write(accept_dossier, AcceptDossier.read(visit, local_day(at)), at)


def _print(run: DemoRun, accepted: AcceptedDossier, form: PaperForm, size: PaperSize, position: int) -> None:
    """Print one document into a file and read back every code on its pages.

    Raises Refusal `demo_code_unread` if a code does not open the dossier.
    """
    command = PreparePaper(accepted.code, form, None, size)
    prepared = run.office.write(prepare_paper, command, run.advance(1))
    run.write_file(f"giay/{position}-{form.value}-{size.value}.pdf", prepared.pdf)
    run.office.write(record_prints, RecordPrints(prepared.print_ids, PrintStatus.PRINTED), run.at)
    pages = read_codes(prepared.pdf)
    bars = [text for page in pages for text in page.barcodes]
    squares = [text for page in pages for text in page.qr_codes if "\n" in text]
    lines = [run.office.read(read_scan_text, ReadScan(text), run.at).line for text in (*bars, *squares)]
    unread = len(bars) < len(pages) or len(squares) < prepared.copies
    if unread or any(line is None or line.code != accepted.code for line in lines):
        raise Refusal("demo_code_unread", None, form=form_name(form), paper=size.value)
    run.codes_read += len(lines)


def _run_to_return(run: DemoRun, code: str) -> str:
    _act(run, code, Action.SEND, to=_JUSTICE_OFFICER)
    _act(run, code, Action.RECEIVE)
    _act(run, code, Action.FINISH)
    return _act(run, code, Action.RETURN, received_by="Huỳnh Thị Ẫm Ỷ")


def _act(run: DemoRun, code: str, action: Action, **fields: Any) -> str:
    detail = run.office.write(act_on_dossier, ActOnDossier(code, action, **fields), run.advance(4))
    return str(detail.status.value)


def _report(run: DemoRun) -> dict[str, Any]:
    day = local_day(run.at)
    period = run.office.read(find_period, FindPeriod("quarter", day), run.at)
    table = run.office.read(make_report, ReportQuery("06a", *period), run.at)
    if table.checks:
        raise Refusal("demo_unsound", None, found=table.checks[0].identity)
    for ending in ("json", "xlsx"):
        name = f"bao-cao/06a.{ending}"
        make_folder((run.folder / name).parent)
        write_atomically(run.folder / name, report_file(table, f".{ending}"))
        run.files.append(name)
    return {name: (table.table.total or {})[name] for name in ("received", "resolved", "pending", "withdrawn")}


def fill_with_sample_work(context: CliContext, folder: Path, pretended_now: datetime | None) -> None:
    """Add sample dossiers of several days to a training office.

    No page of the window is empty then.
    """
    now = pretended_now or context.clock()
    office = context.open_office(folder, CLERK, None, "")
    try:
        for position, visit in enumerate(VISITS):
            start = _opening_time(now - timedelta(days=len(VISITS) - position))
            run = DemoRun(office, folder, start + timedelta(minutes=17 * position % 120))
            _advance_dossier(run, _accept(run, visit).code, position % 6)
    finally:
        office.close()


def _advance_dossier(run: DemoRun, code: str, kind: int) -> None:
    """Take a dossier through one of six histories.

    It stays at the counter, is sent, received, finished, returned, or awaits a supplement.
    """
    line = run.office.read(read_scan_text, ReadScan(code), run.at).line
    if line is None or line.status.value != "received":
        return
    histories: Sequence[Sequence[tuple[Action, Mapping[str, Any]]]] = (
        (),
        ((Action.SEND, {"to": _JUSTICE_OFFICER}),),
        ((Action.SEND, {"to": "Công chức Địa chính"}), (Action.RECEIVE, {})),
        ((Action.SEND, {"to": _JUSTICE_OFFICER}), (Action.FINISH, {})),
        ((Action.SEND, {"to": _JUSTICE_OFFICER}), (Action.FINISH, {}), (Action.RETURN, {"received_by": line.name})),
        ((Action.ASK_SUPPLEMENT, {"note": "Bổ sung bản chính giấy tờ còn thiếu"}),),
    )
    for action, fields in histories[kind]:
        _act(run, code, action, **fields)


def _opening_time(now: datetime) -> datetime:
    """Return 07:30 of the day, when the office opens."""
    return local(now).replace(hour=7, minute=30, second=0)


def _new_folder(parent: Path, now: datetime) -> Path:
    """Return a folder that does not exist, named after the instant."""
    stamp = f"demo-{local(now):%Y%m%d-%H%M%S}"
    names = [parent / stamp, *(parent / f"{stamp}-{n}" for n in range(2, 100))]
    return next(folder for folder in names if not folder.exists())


def _print_progress(as_json: bool, line: str) -> None:
    if not as_json:
        print_line(line)


COMMANDS = {"demo": Command(demo, needs_office=False)}
