"""Parts of the command `report`: dossiers of a figure, frozen reports."""

from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path

from app.cli.argtypes import refuse_usage
from app.cli.files import check_writable, write_atomically
from app.cli.output import print_json, print_line, print_table
from app.cli.request import CliRequest
from app.disk import make_folder
from app.models.enums import Channel, FigureGroup, ReportName
from app.models.errors import Refusal
from app.models.instants import local
from app.services.reporting.query import ReportQuery
from app.services.reporting.registry import REPORTS
from app.usecases.catalogue.procedures import FindProcedures, find_procedures
from app.usecases.reporting.dossier_lists import ListFigure, list_figure
from app.usecases.reporting.frozen import (
    FreezeReport,
    FrozenChangesFile,
    FrozenLine,
    ListFrozen,
    ShowFrozen,
    freeze_report,
    frozen_changes_file,
    frozen_file,
    list_frozen_reports,
)
from app.usecases.reporting.tables import make_report
from app.wording.figures import column_name, counted_words
from app.wording.refusals import error_sentence
from app.wording.status import status_name

_FOLDER = "bao-cao"
"""Folder of the data folder for frozen reports without `--out`."""
_CALL = "motcua report"
_MOST_NAMED, _MOST_PROCEDURES = 12, 100_000


def list_dossiers(request: CliRequest, query: ReportQuery) -> int:
    """Print the dossiers that a column counts, each once."""
    group, value = _row_of(request, query)
    figure = ListFigure(
        column=request.args.list,
        first=query.first,
        last=query.last,
        group=group,
        value=value,
        as_of=query.as_of,
        days=query.days,
        report=query.name,
        fields=query.fields,
        cashier=query.cashier,
    )
    try:
        lines = request.office.read(list_figure, figure)
    except Refusal as refusal:
        if (refusal.code, refusal.field) == ("unknown_choice", "list"):
            refuse_usage(f"--list: {error_sentence(refusal)}", _CALL)
        raise
    if not lines and (group is not None or value):
        _check_row_exists(request, query, group, value)
    if request.as_json:
        for line in lines:
            print_json(line)
        return 0
    rows = [
        (line.code, line.name, status_name(line.status) if line.status else "", line.item or column_name(line.column))
        for line in lines
    ]
    print_table(("MÃ HỒ SƠ", "CHỦ HỒ SƠ", "TRẠNG THÁI", "CỘT"), rows, (22, 28, 20, 27))
    print_line(counted_words([line.item for line in lines], [line.code for line in lines]) + ".")
    return 0


def _row_of(request: CliRequest, query: ReportQuery) -> tuple[FigureGroup | None, str]:
    """Return the group and the value of the row that a list is limited to.

    Raises Refusal `list_group`, `list_value`.
    """
    if query.fields and query.name != ReportName.REGISTER:
        if len(query.fields) > 1:
            raise Refusal("list_group", "field")
        return FigureGroup.FIELD, query.fields[0]
    value = request.args.value
    if value is None:
        return None, ""
    if query.group is None and query.name != ReportName.CERTIFIED and not REPORTS[query.name].figures:
        raise Refusal("list_value", "value")
    return query.group, value


def _check_row_exists(request: CliRequest, query: ReportQuery, group: FigureGroup | None, value: str) -> None:
    """Refuse a value that no row of the report and no procedure has.

    Raises WrongUsage.
    """
    report = request.office.read(make_report, replace(query, group=group))
    rows = [(row, section) for section in report.sections for row in section.rows]
    names = [str(row.get(key) or "") for row, section in rows for key in (section.scope, section.detail) if key]
    if value in names or value in _known_values(request, group):
        return
    names = [*Channel] if group is FigureGroup.CHANNEL else list(dict.fromkeys(names))
    rows_named = "; ".join([name for name in names if name][:_MOST_NAMED])
    option = "--value" if request.args.value is not None else "--field"
    refuse_usage(f"{option}: không có dòng «{value[:60]}»" + (f"; có: {rows_named}" if rows_named else ""), _CALL)


def _known_values(request: CliRequest, group: FigureGroup | None) -> Set[str]:
    """Return the values that may have a row in another period."""
    if group is FigureGroup.CHANNEL:
        return frozenset(Channel)
    if group is FigureGroup.MONTH:
        return frozenset(f"{year}{month:02d}" for year in range(2000, 2091) for month in range(1, 13))
    if group not in (FigureGroup.FIELD, FigureGroup.PROCEDURE):
        return frozenset()
    procedures = request.office.read(find_procedures, FindProcedures(limit=_MOST_PROCEDURES))
    return frozenset(line.field if group is FigureGroup.FIELD else line.code for line in procedures)


def freeze(request: CliRequest, query: ReportQuery) -> int:
    """Make a report, keep it as it is, and write its file."""
    office, out = request.office, request.args.out
    file: Path | None = out
    if file is not None:
        check_writable(file)
    ending = ".pdf" if file is None else file.suffix.lower() or file.name
    frozen = office.write(freeze_report, FreezeReport(query, ending, "" if file is None else file.name))
    if file is None:
        file = office.facts.folder / _FOLDER / f"{frozen.id:04d}-{frozen.file_name}"
        make_folder(file.parent)
    write_atomically(file, frozen.content)
    if request.as_json:
        print_json({"id": frozen.id, "sha256": frozen.sha256, "file": str(file)})
    else:
        print_line(f"Đã giữ bản số {frozen.id} và ghi vào {file}. SHA-256: {frozen.sha256}")
    return 0


def _frozen_content(request: CliRequest, out: Path) -> bytes:
    """Return the file of one frozen report, or the differences."""
    args, ending = request.args, out.suffix.lower() or out.name
    if args.id is None or args.compare:
        content: bytes = request.office.read(frozen_changes_file, FrozenChangesFile(ending, args.id))
        return content
    return request.office.read(frozen_file, ShowFrozen(args.id, ending)).content


def list_frozen(request: CliRequest) -> int:
    """Print the frozen reports with their differences to now.

    `--out` writes the differences. With `--id` and without `--compare` it writes the file of one again.

    Raises Refusal `report_as_of`, because a frozen report stays as it is.
    """
    office, args = request.office, request.args
    if args.as_of is not None:
        raise Refusal("report_as_of", "as_of")
    if args.out is not None:
        write_atomically(args.out, _frozen_content(request, args.out))
    lines = office.read(list_frozen_reports, ListFrozen(args.id))
    if not request.as_json:
        _print_frozen(lines)
        return 0
    for line in lines:
        print_json(line)
    return 0


def _print_frozen(lines: Sequence[FrozenLine]) -> None:
    for line in lines:
        print_line(
            f"Bản số {line.id}: {line.name}, {line.period.from_:%d/%m/%Y} – {line.period.to:%d/%m/%Y}, "
            f"giữ lúc {local(line.frozen_at):%H:%M %d/%m/%Y}, {line.actor}, tệp {line.file}"
        )
        for each in line.differences:
            print_line(f"  {each.row}, {column_name(each.column)}: đã giao {each.frozen}, nay {each.now}")
        if not line.differences:
            print_line("  Số liệu nay vẫn như bản đã giao.")
    if not lines:
        print_line("Chưa giữ bản báo cáo nào. Giữ bằng: report 06a … --freeze")
