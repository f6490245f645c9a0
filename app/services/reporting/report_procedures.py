"""Procedures as reports: real time, publication, certified work, shares."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate

from app.models.calendar import WorkCalendar
from app.models.enums import FigureGroup
from app.models.text import fold_text
from app.models.values.order import vietnamese_key
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportFact, ReportRatio, ReportSection, Row
from app.services.calendar import work_calendar
from app.services.catalogue.publication import published_codes, versions_in_force
from app.services.context import Context
from app.services.reporting.columns import column, percent, text
from app.services.reporting.figures_06a import Report06a, figures_by_group
from app.services.reporting.query import ReportQuery
from app.services.versions import Version, as_version
from app.storage import catalogue
from app.storage.reporting import tables
from app.storage.reporting.rows import CertifiedRow, TimeRow
from app.storage.rows import ProcedureNameRow
from app.storage.uow import Reading
from app.wording.reports import tables as words
from app.wording.reports.form_06a import GROUP_HEADS, channel_name

_MIN_DOSSIERS = 5
"""Dossiers from which the real time of a procedure supports a proposal."""


def report_trim(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the real time of each procedure against its limit."""
    rows = tables.processing_days(work, query.first, query.last)
    index = _WorkingDays(rows, work_calendar(work, context.office, context.today))
    names = catalogue.procedure_names(work)
    times: defaultdict[str, Counter[int]] = defaultdict(Counter)
    limits: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.closed_day is not None:
            times[row.procedure_code][index.between(row.received_day, row.closed_day)] += row.dossiers
        if row.due_day is not None:
            limits[row.procedure_code][index.between(row.received_day, row.due_day)] += row.dossiers
    table = [_trim_row(code, times[code], limits[code], names) for code in times]
    table.sort(key=lambda row: (vietnamese_key(str(row["field"])), str(row["procedure"])))
    proposals = [_proposal(row) for row in table if _is_proposal(row)]
    return Report(
        name=query.name,
        title=words.TITLES["trim"],
        first=query.first,
        last=query.last,
        sections=(
            ReportSection("rows", _trim_columns(), tuple(table), tab="Thời gian thực tế"),
            ReportSection(
                "proposals",
                _proposal_columns(),
                tuple(proposals),
                title=words.PROPOSALS,
                tab="Đề xuất",
                empty=words.NO_PROPOSALS,
            ),
        ),
        notes=(words.PROPOSAL_RULE,),
    )


class _WorkingDays:
    """Number of working days between two days, from one running count."""

    def __init__(self, rows: Sequence[TimeRow], calendar: WorkCalendar) -> None:
        days = [day for row in rows for day in (row.received_day, row.due_day, row.closed_day) if day is not None]
        self._first = min(days, default=date(2000, 1, 1))
        length = (max(days, default=self._first) - self._first).days + 1
        self._counts = list(
            accumulate(calendar.is_working(self._first + timedelta(days=place)) for place in range(length))
        )

    def between(self, earlier: date, later: date) -> int:
        """Return the working days after `earlier` up to and including `later`."""
        return self._counts[(later - self._first).days] - self._counts[(earlier - self._first).days]


def _trim_row(code: str, times: Counter[int], limits: Counter[int], names: Mapping[str, ProcedureNameRow]) -> Row:
    name = names.get(code)
    limit = _share_of(limits, 1, 2) if limits else None
    middle = (_share_of(times, 1, 2) + _share_of(times, 1, 2, above=True)) / 2
    return {
        "procedure": code,
        "name": name.name if name else code,
        "field": name.field if name else "",
        "dossiers": times.total(),
        "limit_days": limit,
        "median_days": middle,
        "p90_days": _share_of(times, 9, 10),
        "used_share": percent(int(middle * 2), limit * 2) if limit else None,
    }


def _share_of(counts: Counter[int], part: int, whole: int, above: bool = False) -> int:
    """Return the smallest value that a share of the dossiers does not exceed.

    `above` returns the next dossier's value at an exact boundary, for the median of an even number.
    """
    limit = counts.total() * part
    reached = 0
    for value in sorted(counts):
        reached += counts[value] * whole
        if reached > limit or (reached == limit and not above):
            return value
    return max(counts)


def _is_proposal(row: Row) -> bool:
    limit, real, dossiers = row["limit_days"], row["p90_days"], row["dossiers"]
    if not isinstance(limit, int) or not isinstance(real, int) or not isinstance(dossiers, int):
        return False
    return dossiers >= _MIN_DOSSIERS and max(real, 1) < limit


def _proposal(row: Row) -> Row:
    limit, real = int(str(row["limit_days"])), max(1, int(str(row["p90_days"])))
    shared = {key: row[key] for key in ("procedure", "name", "dossiers", "limit_days")}
    return {**shared, "proposed_days": real, "saved_days": limit - real, "saved_share": percent(limit - real, limit)}


def _trim_columns() -> tuple[ReportColumn, ...]:
    return (
        text("procedure", 11),
        text("name", 46),
        column("dossiers"),
        column("limit_days"),
        column("median_days", ColumnKind.DECIMAL),
        column("p90_days"),
        column("used_share", ColumnKind.PERCENT),
    )


def _proposal_columns() -> tuple[ReportColumn, ...]:
    return (
        text("procedure", 11),
        text("name", 46),
        column("dossiers"),
        column("limit_days"),
        column("proposed_days"),
        column("saved_days"),
        column("saved_share", ColumnKind.PERCENT),
    )


_SHARE_KEYS = ("new", "received_online", "same_day", "digitised", "postal", "paid", "paid_online")


def report_shares(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the shares of channels and services, by month of reception."""
    group = query.group or FigureGroup.MONTH
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in tables.share_counts(work, group, query.first, query.last, context.today):
        for key in _SHARE_KEYS:
            sums[row.group][key] += getattr(row, key)
    names = catalogue.procedure_names(work) if group is FigureGroup.PROCEDURE else {}
    rows: tuple[Row, ...] = tuple(
        {
            "group": _group_name(group, value, names),
            group.value: value,
            **{key: sums[value][key] for key in _SHARE_KEYS},
        }
        for value, counts in sorted(sums.items(), key=lambda item: vietnamese_key(item[0]))
    )
    totals = {key: sum(each[key] for each in sums.values()) for key in _SHARE_KEYS}
    heading = words.HEADINGS["group"] if group is FigureGroup.MONTH else GROUP_HEADS[group]
    return Report(
        name=query.name,
        title=words.TITLES["shares"],
        unit="Số hồ sơ TTHC",
        first=query.first,
        last=query.last,
        sections=(
            ReportSection(
                "rows",
                (text("group", 30, heading), *(column(key, width=12) for key in _SHARE_KEYS)),
                rows,
                {"group": words.TOTAL, **totals},
                scope=group.value,
            ),
        ),
        ratios=tuple(_share(key, totals) for key in words.SHARE_NAMES),
    )


def _group_name(group: FigureGroup, value: str, names: Mapping[str, ProcedureNameRow]) -> str:
    if group is FigureGroup.MONTH:
        return f"{value[4:]}/{value[:4]}"
    if group is FigureGroup.CHANNEL:
        return channel_name(value)
    return names[value].name if value in names else value


def _share(key: str, counts: Mapping[str, int]) -> ReportRatio:
    base = "paid" if key == "paid_online" else "new"
    definition = words.share_definition(words.HEADINGS[key], counts[key], words.HEADINGS[base], counts[base])
    return ReportRatio(key, words.SHARE_NAMES[key], counts[key], counts[base], definition)


def report_procedures(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return procedures in force, published, changed and unused by field."""
    in_force = versions_in_force(work, query.last)
    published = published_codes(work, query.last)
    changed, superseded = _changes(work, query.first, query.last)
    table = figures_by_group(Report06a(query.first, query.last), FigureGroup.PROCEDURE, context.today, work)
    used = {row.field: row.received_online + row.received_direct_post for row in table.rows}
    fields: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for code, version in in_force.items():
        counts = fields[version.procedure.field]
        counts["in_force"] += 1
        counts["published"] += code in published
        counts["changed"] += code in changed
        counts["with_dossiers"] += bool(used.get(code))
        counts["without_dossiers"] += not used.get(code)
        counts["dossiers"] += used.get(code, 0)
    for version in superseded.values():
        fields[version.procedure.field]["superseded"] += 1
    keys = ("in_force", "published", "changed", "superseded", "with_dossiers", "without_dossiers", "dossiers")
    rows: tuple[Row, ...] = tuple(
        {"field": field, **{key: fields[field][key] for key in keys}} for field in sorted(fields, key=vietnamese_key)
    )
    totals = {key: sum(counts[key] for counts in fields.values()) for key in keys}
    unused = [
        {"procedure": code, "name": version.procedure.name, "field": version.procedure.field}
        for code, version in in_force.items()
        if not used.get(code) and code in published
    ]
    unused.sort(key=lambda row: (vietnamese_key(row["field"]), row["procedure"]))
    columns = (text("field", 36), *(column(key, width=11, listed=False) for key in keys))
    unused_columns = (text("procedure", 12), text("name", 60), text("field", 30))
    return Report(
        name=query.name,
        title=words.TITLES["procedures"],
        unit="Số thủ tục hành chính",
        first=query.first,
        last=query.last,
        sections=(
            ReportSection("rows", columns, rows, {"field": words.TOTAL, **totals}, tab="Theo lĩnh vực"),
            ReportSection(
                "unused", unused_columns, tuple(unused), title=words.UNUSED, tab="Không phát sinh", empty=words.ALL_USED
            ),
        ),
        facts=tuple(ReportFact(key, words.HEADINGS[key], totals[key]) for key in keys),
    )


def publication_counts(query: ReportQuery, work: Reading) -> Mapping[str, int]:
    """Return the numbers of procedures in force, published and changed."""
    in_force = versions_in_force(work, query.last)
    published = published_codes(work, query.last)
    changed, superseded = _changes(work, query.first, query.last)
    return {
        "in_force": len(in_force),
        "published": len(published & set(in_force)),
        "changed": len(changed.keys() & in_force.keys()),
        "superseded": len(superseded),
    }


def _changes(work: Reading, first: date, last: date) -> tuple[Mapping[str, Version], Mapping[str, Version]]:
    """Return the procedures changed and those ended within a period."""
    changed: dict[str, Version] = {}
    ended: dict[str, Version] = {}
    for version in map(as_version, catalogue.all_versions(work)):
        if first <= version.valid_from <= last:
            procedure = version.procedure
            if procedure.withdrawn or procedure.superseded_by:
                ended[procedure.code] = version
            elif version.version > 1:
                changed[procedure.code] = version
    return changed, ended


def report_certified(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the certified copies, signatures and contracts of a period."""
    names = {code: row for code, row in catalogue.procedure_names(work).items() if _is_certification(row)}
    counts = {row.procedure_code: row for row in tables.certified_counts(work, sorted(names), query.first, query.last)}
    groups: dict[str, list[CertifiedRow]] = {key: [] for key in _KINDS}
    for code, row in counts.items():
        groups[_kind(names[code].name)].append(row)
    rows: tuple[Row, ...] = tuple(
        {"key": key, "kind": _KINDS[key], **_certified_sums(group)} for key, group in groups.items()
    )
    by_procedure: tuple[Row, ...] = tuple(
        {
            "procedure": code,
            "name": names[code].name,
            "kind": _kind(names[code].name),
            **_certified_sums([counts[code]]),
        }
        for code in sorted(counts)
    )
    figures = (column("dossiers"), column("quantity", width=14), column("fee", ColumnKind.MONEY, 14))
    totals: Row = {"kind": words.TOTAL, **_certified_sums(list(counts.values()))}
    return Report(
        name=query.name,
        title=words.TITLES["certified"],
        form=words.FORMS["certified"],
        first=query.first,
        last=query.last,
        sections=(
            ReportSection("rows", (text("kind", 48), *figures), rows, totals, tab="Chứng thực"),
            ReportSection(
                "procedures",
                (text("procedure", 11), text("name", 44), *figures),
                by_procedure,
                title=words.BY_PROCEDURE,
                tab="Theo thủ tục",
            ),
        ),
    )


_KINDS = {
    "copies": words.COPIES,
    "signatures": words.SIGNATURES,
    "contracts": words.CONTRACTS,
    "other": words.OTHER_CERTIFIED,
}
_CERTIFICATION = "chung thuc"


def _is_certification(row: ProcedureNameRow) -> bool:
    return fold_text(row.field) == _CERTIFICATION


def _kind(name: str) -> str:
    """Return the kind of certified work by the name of its procedure."""
    folded = fold_text(name)
    if folded.startswith((f"{_CERTIFICATION} ban sao", "cap ban sao co chung thuc")):
        return "copies"
    if folded.startswith(f"{_CERTIFICATION} chu ky"):
        return "signatures"
    return "contracts" if folded.startswith(_CERTIFICATION) else "other"


def _certified_sums(rows: Sequence[CertifiedRow]) -> dict[str, int]:
    return {
        "dossiers": sum(row.dossiers for row in rows),
        "quantity": sum(row.quantity for row in rows),
        "fee": sum(row.paid for row in rows),
    }
