"""The verbs about figures and what goes up: report, sync, check."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.cli.commands.list_reports import LISTS
from app.cli.files import ready_for, unwritable, write_whole
from app.cli.output import say, say_json, say_pairs, say_table, warn
from app.models.errors import Fault, Refusal
from app.models.instants import local, local_day
from app.office.session import OpenOffice
from app.services.reporting.figures_06a import Report06a, told
from app.usecases.office.integrity import CheckOffice, check_office
from app.usecases.reporting.figures_06a import preset_period, report_06a, write_report
from app.usecases.sync.export import ExportBundle, SyncStatus, export_bundle, sync_status


def report(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """A report of a period, on the screen or into a file: Biểu 06a, a list, or one about citizens."""
    if asked.fields and asked.name != "register":
        raise Refusal("field_without_register", "field")
    period = _period(office, asked)
    if asked.name in LISTS:
        return LISTS[asked.name](office, asked, period, as_json)
    if asked.name != "06a":
        from app.cli.commands import citizens as verbs_citizens

        return verbs_citizens.report(office, asked, as_json, period)
    table = office.read(report_06a, Report06a(*period))
    if asked.out is not None:
        try:
            write_report(table, asked.out, office.facts.office.name, office.facts.office.parent)
        except OSError as error:
            raise unwritable(error, asked.out) from None
    if as_json:
        say_json(told(table))
        return 0
    say(f"Biểu II.06a, từ {table.from_day:%d/%m/%Y} đến {table.to_day:%d/%m/%Y} (hồ sơ)")
    rows = [_figures(row) for row in (*table.rows, table.total)]
    say_table(
        ("LĨNH VỰC", "NHẬN", "G.QUYẾT", "TRƯỚC", "ĐÚNG", "QUÁ", "ĐANG", "QUÁ", "RÚT", "TRẢ"),
        rows,
        (30, 7, 7, 7, 7, 6, 7, 6, 6, 6),
    )
    for wrong in table.checks:
        say(f"Không khớp ở «{wrong.row}»: {wrong.identity}: cần {wrong.expected}, có {wrong.found}.")
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


def _period(office: OpenOffice, asked: argparse.Namespace) -> tuple[date, date]:
    if asked.preset:
        on = asked.on or local_day(office.now())
        return preset_period(asked.preset, on, office.facts.office.quarter_starts)
    if asked.first is None or asked.last is None:
        raise Refusal("period_missing", "from")
    return asked.first, asked.last


def sync(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Write a file that goes up, or tell how far the receiver has answered."""
    return _SYNC[asked.part](office, asked, as_json)


def _export_bundle(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    ready_for(asked.out)
    made = office.write(export_bundle, ExportBundle(asked.again))
    try:
        write_whole(asked.out, made.content)
    except (Refusal, Fault):
        warn(f"Tệp đồng bộ số {made.sequence} đã lập; ghi ra lại bằng: sync export --out TỆP --again {made.sequence}")
        raise
    if made.more:
        warn("Còn bản ghi của quầy khác trong dữ liệu này, mỗi tệp mang một quầy: chạy sync export thêm lần nữa.")
    if as_json:
        say_json({"file": str(asked.out), "sequence": made.sequence, "records": made.records})
    else:
        say(f"Đã ghi tệp đồng bộ số {made.sequence} ({made.records} bản ghi) vào {asked.out}.")
    return 0


def _sync_status(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    state = office.read(sync_status, SyncStatus())
    if as_json:
        say_json(state)
        return 0
    last = "chưa có" if state.last_confirmed_at is None else f"{local(state.last_confirmed_at):%d/%m/%Y %H:%M}"
    say_pairs(
        [
            ("Chờ gửi", f"{state.waiting} hồ sơ"),
            ("Đã gửi, chưa xác nhận", f"{state.sent} hồ sơ"),
            ("Đã xác nhận", f"{state.confirmed} hồ sơ"),
            ("Xác nhận gần nhất", last),
        ]
    )
    for line in state.rejected:
        say(f"Bị trả lại {line.code}: {line.reason}")
    return 0


_SYNC = {"export": _export_bundle, "status": _sync_status}


def check(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Prove the database against itself."""
    found = office.read(check_office, CheckOffice(asked.head))
    if as_json:
        say_json(found)
    else:
        say("Dữ liệu nguyên vẹn." if found.ok else f"Có {len(found.findings)} điều cần xem:")
        for finding in found.findings:
            say(f"  {finding.message}")
    return 0


VERBS: Mapping[str, Callable[[OpenOffice, argparse.Namespace, bool], int]] = {
    "report": report,
    "sync": sync,
    "check": check,
}
