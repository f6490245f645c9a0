"""The command `report`: every report, printed or written into a file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.cli.commands.report_behind import freeze, list_dossiers, list_frozen
from app.cli.files import write_atomically
from app.cli.output import COLUMNS, print_json, print_line, print_pairs, print_table, warn
from app.cli.report_options import FROZEN
from app.cli.request import CliRequest, Command
from app.models.enums import FigureGroup, ReportName
from app.models.errors import Refusal
from app.models.instants import local_day
from app.services.reporting.export import Report, ReportSection, report_file, report_json
from app.services.reporting.query import ReportQuery
from app.usecases.documents.cash_sheet import PrepareCash, prepare_cash
from app.usecases.documents.register import PrepareRegister, prepare_register
from app.usecases.reporting.periods import FindPeriod, find_period
from app.usecases.reporting.records import (
    ChangeLateReason,
    ListLateReasons,
    SaveReportTexts,
    SetLateReason,
    SetReportTargets,
    change_late_reason,
    list_late_reasons,
    save_report_texts,
    set_late_reason,
    set_report_targets,
)
from app.usecases.reporting.tables import make_report
from app.wording.reports.papers import NOT_BALANCED, check_line, ratio_line
from app.wording.reports.values import cell_text, period_text

_FIGURES = (
    *("received", "resolved", "resolved_early", "resolved_on_time", "resolved_late", "pending", "pending_late"),
    *("withdrawn", "returned_unresolved"),
)
_FIGURE_HEADS = ("NHẬN", "G.QUYẾT", "TRƯỚC", "ĐÚNG", "QUÁ", "ĐANG", "QUÁ", "RÚT", "TRẢ")
_FIGURE_WIDTHS = (7, 7, 7, 7, 6, 7, 6, 6, 6)


def report(request: CliRequest) -> int:
    """Print a report of a period or write it into a file."""
    args = request.args
    if args.name == FROZEN:
        return list_frozen(request)
    if args.fields and args.name != ReportName.REGISTER and not args.list:
        raise Refusal("field_without_register", "field")
    query = _query(request)
    if args.texts:
        request.office.write(save_report_texts, SaveReportTexts(query.first, query.last, _texts(args.texts)))
    if args.list:
        return list_dossiers(request, query)
    if args.freeze:
        return freeze(request, query)
    return _print_report(request, query)


def _print_report(request: CliRequest, query: ReportQuery) -> int:
    """Make a report, write it into `--out` and print it."""
    args = request.args
    result = request.office.read(make_report, query)
    if args.out is not None:
        write_atomically(args.out, _file(request, query, result, args.out))
    for warning in result.warnings:
        warn(warning)
    if request.as_json:
        print_json(report_json(result))
    else:
        _print(result)
    return 0


def _texts(pairs: Sequence[str]) -> dict[str, str]:
    """Return the texts of `--text` by block.

    Raises Refusal `report_block`.
    """
    return {block.strip(): text for block, _, text in (pair.partition("=") for pair in pairs)}


def _query(request: CliRequest) -> ReportQuery:
    args = request.args
    first, last = _period(request)
    return ReportQuery(
        name=args.name,
        first=first,
        last=last,
        variant=args.variant,
        group=FigureGroup(args.group) if args.group else None,
        compare=args.compare,
        fields=tuple(args.fields),
        cashier=args.by,
        days=args.days,
        as_of=args.as_of,
    )


def _file(request: CliRequest, query: ReportQuery, result: Report, out: Path) -> bytes:
    """Return the file of `--out`.

    On paper register and payments have forms of their own, without groups, other periods and past instants.
    """
    ending = out.suffix.lower() or out.name
    has_form = ending == ".pdf" and query.group is None and not query.compare and query.as_of is None
    if has_form and query.name == ReportName.REGISTER:
        register = PrepareRegister(query.first, query.last, fields=query.fields)
        return request.office.read(prepare_register, register).pdf
    if has_form and query.name == ReportName.FEES:
        return request.office.read(prepare_cash, PrepareCash(query.first, query.last, query.cashier)).pdf
    return report_file(result, ending)


def _period(request: CliRequest) -> tuple[date, date]:
    args = request.args
    if args.preset:
        on = args.on or local_day(request.office.now())
        period: tuple[date, date] = request.office.read(find_period, FindPeriod(args.preset, on))
        return period
    if args.first is None or args.last is None:
        raise Refusal("period_missing", "from")
    return args.first, args.last


def _print(result: Report) -> None:
    print_line(f"{result.title}. {period_text(result.first, result.last)}")
    for block in result.texts:
        print_line(block.text)
    print_pairs([(fact.name, cell_text(fact.value, fact.kind)) for fact in result.facts])
    for section in result.sections:
        _print_section(section, result.name in (ReportName.FORM_06A, ReportName.FORM_06A_PROCEDURE))
    for ratio in result.ratios:
        print_line(ratio_line(ratio.name, cell_text(ratio.percent, "percent"), ratio.definition))
    for note in result.notes:
        print_line(note)
    for each in result.checks:
        print_line(f"{NOT_BALANCED}: {check_line(each.row, each.identity, each.expected, each.actual)}")


def _print_section(section: ReportSection, is_06a: bool) -> None:
    if section.title:
        print_line(section.title)
    rows = [*section.rows, *([section.total] if section.total is not None else [])]
    if is_06a:
        label = section.columns[-12 if section.columns[-1].key == "pending_late" else -14].key
        figures = [(str(row.get("name") or row[label]), *(str(row[key]) for key in _FIGURES)) for row in rows]
        print_table(("", *_FIGURE_HEADS), figures, (30, *_FIGURE_WIDTHS))
        return
    cells = [[cell_text(row.get(column.key), column.kind) for column in section.columns] for row in rows]
    if cells:
        heads = [column.heading.upper() for column in section.columns]
        print_table(heads, cells, _widths([heads, *cells]))


def _widths(lines: Sequence[Sequence[str]]) -> list[int]:
    """Return widths that fit a line, the widest columns cut first."""
    widths = [max(1, *(len(cell) for cell in column)) for column in zip(*lines, strict=True)]
    while sum(widths) + len(widths) - 1 > COLUMNS and max(widths) > 4:
        widths[widths.index(max(widths))] -= 1
    return widths


def late_reasons(request: CliRequest) -> int:
    """Show or change the reasons of lateness, or enter one for a dossier."""
    office, args = request.office, request.args
    if args.subcommand == "set":
        office.write(set_late_reason, SetLateReason(args.code, args.reason))
        if request.as_json:
            print_json({"code": args.code, "reason": args.reason})
        else:
            print_line(f"Đã ghi nguyên nhân quá hạn của hồ sơ {args.code}.")
        return 0
    if args.subcommand == "list":
        lines = office.read(list_late_reasons, ListLateReasons())
    else:
        lines = office.write(change_late_reason, ChangeLateReason(args.name, args.subcommand == "retire"))
    for line in lines:
        if request.as_json:
            print_json(line)
        else:
            print_line(line.name if line.active else f"{line.name} (thôi dùng)")
    return 0


def report_targets(request: CliRequest) -> int:
    """Save the target of ratings and the days of the escalation list."""
    args = request.args
    request.office.write(set_report_targets, SetReportTargets(args.survey, args.late_days))
    if request.as_json:
        print_json({"survey": args.survey, "late_days": args.late_days})
    else:
        print_line("Đã ghi chỉ tiêu của báo cáo.")
    return 0


COMMANDS = {
    "report": Command(report),
    "late-reasons": Command(late_reasons),
    "report-targets": Command(report_targets),
}
