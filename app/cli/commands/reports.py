"""The verbs about figures and what goes up: report, sync, check."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.cli.commands.list_reports import LISTS
from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, print_pairs, print_table, warn
from app.models.errors import Fault, Refusal
from app.models.instants import local, local_day
from app.office.session import OfficeSession
from app.services.reporting.figures_06a import Report06a, to_json
from app.usecases.office.integrity import CheckOffice, check_office
from app.usecases.reporting.figures_06a import preset_period, report_06a, report_file
from app.usecases.sync.export import ExportBundle, SyncStatus, export_bundle, sync_status


def report(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """A report of a period, on the screen or into a file: Biểu 06a, a list, or one about citizens."""
    if args.fields and args.name != "register":
        raise Refusal("field_without_register", "field")
    period = _period(office, args)
    if args.name in LISTS:
        return LISTS[args.name](office, args, period, as_json)
    if args.name != "06a":
        from app.cli.commands import citizens as verbs_citizens

        return verbs_citizens.report(office, args, as_json, period)
    table = office.read(report_06a, Report06a(*period))
    if args.out is not None:
        facts, ending = office.facts.office, args.out.suffix.lower() or args.out.name
        write_atomically(args.out, report_file(table, ending, facts.name, facts.parent))
    if as_json:
        print_json(to_json(table))
        return 0
    print_line(f"Biểu II.06a, từ {table.from_day:%d/%m/%Y} đến {table.to_day:%d/%m/%Y} (hồ sơ)")
    rows = [_figures(row) for row in (*table.rows, table.total)]
    print_table(
        ("LĨNH VỰC", "NHẬN", "G.QUYẾT", "TRƯỚC", "ĐÚNG", "QUÁ", "ĐANG", "QUÁ", "RÚT", "TRẢ"),
        rows,
        (30, 7, 7, 7, 7, 6, 7, 6, 6, 6),
    )
    for wrong in table.checks:
        print_line(f"Không khớp ở «{wrong.row}»: {wrong.identity}: cần {wrong.expected}, có {wrong.actual}.")
    return 0


def _figures(row: Any) -> tuple[str, ...]:
    numbers = (
        row.received,
        row.resolved,
        row.resolved_early,
        row.resolved_on_time,
        row.resolved_late,
        row.pending,
        row.pending_late,
        row.withdrawn,
        row.returned_unresolved,
    )
    return (row.field, *(str(number) for number in numbers))


def _period(office: OfficeSession, args: argparse.Namespace) -> tuple[date, date]:
    if args.preset:
        on = args.on or local_day(office.now())
        return preset_period(args.preset, on, office.facts.office.quarter_starts)
    if args.first is None or args.last is None:
        raise Refusal("period_missing", "from")
    return args.first, args.last


def sync(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Write a file that goes up, or tell how far the receiver has answered."""
    return _SYNC_SUBCOMMANDS[args.part](office, args, as_json)


def _export_bundle(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    check_writable(args.out)
    made = office.write(export_bundle, ExportBundle(args.again))
    try:
        write_atomically(args.out, made.content)
    except (Refusal, Fault):
        warn(f"Tệp đồng bộ số {made.sequence} đã lập; ghi ra lại bằng: sync export --out TỆP --again {made.sequence}")
        raise
    if made.more:
        warn("Còn bản ghi của quầy khác trong dữ liệu này, mỗi tệp mang một quầy: chạy sync export thêm lần nữa.")
    if as_json:
        print_json({"file": str(args.out), "sequence": made.sequence, "records": made.records})
    else:
        print_line(f"Đã ghi tệp đồng bộ số {made.sequence} ({made.records} bản ghi) vào {args.out}.")
    return 0


def _sync_status(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    state = office.read(sync_status, SyncStatus())
    if as_json:
        print_json(state)
        return 0
    last = "chưa có" if state.last_confirmed_at is None else f"{local(state.last_confirmed_at):%d/%m/%Y %H:%M}"
    print_pairs(
        [
            ("Chờ gửi", f"{state.waiting} hồ sơ"),
            ("Đã gửi, chưa xác nhận", f"{state.sent} hồ sơ"),
            ("Đã xác nhận", f"{state.confirmed} hồ sơ"),
            ("Xác nhận gần nhất", last),
        ]
    )
    for line in state.rejected:
        print_line(f"Bị trả lại {line.code}: {line.reason}")
    return 0


_SYNC_SUBCOMMANDS = {"export": _export_bundle, "status": _sync_status}


def check(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Prove the database against itself."""
    found = office.read(check_office, CheckOffice(args.head))
    if as_json:
        print_json(found)
    else:
        print_line("Dữ liệu nguyên vẹn." if found.ok else f"Có {len(found.findings)} điều cần xem:")
        for finding in found.findings:
            print_line(f"  {finding.message}")
    return 0


COMMANDS: Mapping[str, Callable[[OfficeSession, argparse.Namespace, bool], int]] = {
    "report": report,
    "sync": sync,
    "check": check,
}
