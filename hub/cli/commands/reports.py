"""Command `report`: Biểu II.06a and lists."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from app.sync.wire import fingerprint
from hub.cli.commands.administration import agency_code
from hub.cli.request import Request, instant, shown, write_line, write_lines
from hub.errors import Exit, Refused
from hub.files import write_file
from hub.reports.figures_06a import figures_06a, preset_period, to_json
from hub.reports.workbook import workbook_06a
from hub.storage import forks, lists, senders
from hub.storage.database import Connection
from hub.wording import rejection_reason

HEADING = "Biểu II.06a/VPCP/KSTT"


def report(request: Request) -> Exit:
    """Answer a report, or write it to a file."""
    arguments = request.arguments
    agency = None if arguments.agency is None else agency_code(arguments.agency)
    if arguments.out is not None and _suffix(arguments.out) not in _suffixes(arguments.name):
        raise Refused("out_type")
    if arguments.name == "06a":
        return _report_06a(request, agency)
    with request.database.connection() as connection:
        lines = list(list_lines(connection, arguments.name, agency))
    if arguments.out is None:
        write_lines(lines)
    else:
        write_file(arguments.out, json.dumps(lines, ensure_ascii=False, indent=1).encode())
        write_line({"file": arguments.out, "rows": len(lines)})
    return Exit.DONE


def _report_06a(request: Request, agency: str | None) -> Exit:
    arguments = request.arguments
    first, last = _period(request)
    with request.database.connection() as connection:
        table = figures_06a(connection, first, last, request.now.date(), agency=agency, by=arguments.by)
        names = senders.agency_names(connection)
    if arguments.out is None:
        write_line(to_json(table))
        return Exit.DONE
    if _suffix(arguments.out) == ".xlsx":
        content = workbook_06a(table, HEADING if agency is None else f"{HEADING} · {agency}", names)
    else:
        content = json.dumps(to_json(table), ensure_ascii=False, indent=1).encode()
    write_file(arguments.out, content)
    write_line({"file": arguments.out, "rows": len(table.rows)})
    return Exit.DONE


def _period(request: Request) -> tuple[date, date]:
    arguments = request.arguments
    if arguments.preset is not None:
        return preset_period(arguments.preset, request.now.date() if arguments.on is None else day(arguments.on))
    if arguments.first is None or arguments.last is None:
        raise Refused("period_missing")
    return day(arguments.first), day(arguments.last)


def day(text: str) -> date:
    """Return a day; raises Refused `instant`."""
    return instant(text).date()


def list_lines(connection: Connection, name: str, agency: str | None) -> Iterable[dict[str, Any]]:
    """Return the lines of `lag`, `rejected`, `forks` or `lost`."""
    if name == "lag":
        return [_lag_json(row) for row in lists.lag(connection, agency)]
    if name == "rejected":
        return [_rejected_json(row) for row in lists.rejected(connection, agency)]
    if name == "lost":
        return [_lost_json(row) for row in lists.lost(connection, agency)]
    return [fork_json(row) for row in forks.all_forks(connection) if agency in (None, row.agency_code)]


def _lag_json(row: lists.LagRow) -> dict[str, Any]:
    return {
        "agency_code": row.agency_code,
        "name": row.name,
        "workstation": row.workstation,
        "public_key": row.public_key,
        "fingerprint": fingerprint(bytes.fromhex(row.public_key)),
        "last_file_at": shown(row.last_file_at),
        "files": row.files,
        "records": row.records,
        "rejected": row.rejected,
        "forks": row.forks,
        "blocked": row.blocked,
    }


def _rejected_json(row: lists.RejectedRow) -> dict[str, Any]:
    return {
        "agency_code": row.agency_code,
        "name": row.name,
        "code": row.code,
        "id": row.id,
        "type": row.type,
        "sequence": row.sequence,
        "file_sequence": row.file_sequence,
        "reason": rejection_reason(row.reason),
        "reason_code": row.reason,
        "since": shown(row.rejected_at),
    }


def _lost_json(row: lists.LostRow) -> dict[str, Any]:
    return {
        "agency_code": row.agency_code,
        "name": row.name,
        "code": row.code,
        "status": row.status,
        "procedure_name": row.procedure_name,
        "received_at": shown(row.received_at),
        "since": shown(row.lost_at),
    }


def fork_json(row: forks.ForkRow) -> dict[str, Any]:
    """Return a fork as answers show it."""
    return {
        "fork": row.number,
        "agency_code": row.agency_code,
        "name": row.name,
        "epoch": row.epoch,
        "sequence": row.sequence,
        "known_sha256": row.known_sha256,
        "found_sha256": row.found_sha256,
        "first_at": shown(row.first_at),
        "last_at": shown(row.last_at),
        "times": row.times,
        "settled": row.settled,
        "settled_at": shown(row.settled_at),
        "settled_by": row.settled_by,
        "note": row.note,
    }


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()


def _suffixes(name: str) -> tuple[str, ...]:
    return (".json", ".xlsx") if name == "06a" else (".json",)
