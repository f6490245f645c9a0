"""Certified copies, signatures and contracts, for Biểu 17a."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from app.models.enums import FigureGroup
from app.models.text import fold_text
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Row
from app.services.context import Context
from app.services.reporting.columns import column, text
from app.services.reporting.groups import group_labels, in_order, label_columns, label_key
from app.services.reporting.query import ReportQuery
from app.storage import catalogue
from app.storage.reporting import tables
from app.storage.reporting.rows import CertifiedRow
from app.storage.rows import ProcedureNameRow
from app.storage.uow import Reading
from app.wording.reports import tables as words
from app.wording.reports.form_06a import GROUP_HEADS

_KINDS = {
    "copies": words.COPIES,
    "signatures": words.SIGNATURES,
    "contracts": words.CONTRACTS,
    "other": words.OTHER_CERTIFIED,
}
_CERTIFICATION = "chung thuc"
_SUMS = ("dossiers", "quantity", "pages", "without_pages", "fee")


def report_certified(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the certified copies, signatures and contracts of a period.

    Quantities and pages are those of the dossiers resolved in the period. A dossier without a number of pages counts
    in `without_pages`, never as zero pages unseen.
    """
    names = certified_procedures(work)
    group = query.group or FigureGroup.PROCEDURE
    counted = tables.certified_counts(work, sorted(names), group, query.period(context.today))
    kinds = _sums(counted, lambda row: _kind(names[row.procedure_code].name))
    procedures = _sums(counted, lambda row: row.procedure_code)
    rows: tuple[Row, ...] = tuple({"key": key, "kind": name, **_plain(kinds[key])} for key, name in _KINDS.items())
    by_procedure: tuple[Row, ...] = tuple(
        {"procedure": code, "name": names[code].name, "kind": _kind(names[code].name), **_plain(procedures[code])}
        for code in sorted(procedures)
    )
    totals: Row = {"kind": words.TOTAL, **_total(kinds.values())}
    without = totals["without_pages"]
    return Report(
        name=query.name,
        title=words.TITLES["certified"],
        form=words.FORMS["certified"],
        first=query.first,
        last=query.last,
        sections=(
            ReportSection("rows", (text("kind", 48), *_columns()), rows, totals, tab="Chứng thực", scope="key"),
            ReportSection(
                "procedures",
                (text("procedure", 11), text("name", 44), *_columns()),
                by_procedure,
                title=words.BY_PROCEDURE,
                tab="Theo thủ tục",
                scope="procedure",
            ),
            *(() if query.group is None else (_groups(query.group, counted, names, work),)),
        ),
        notes=(words.without_pages(int(str(without))),) if without else (),
    )


def certified_procedures(work: Reading, kind: str = "") -> Mapping[str, ProcedureNameRow]:
    """Return the procedures of certification by code, of one kind if named."""
    certified = {code: row for code, row in catalogue.procedure_names(work).items() if _is_certification(row)}
    return {code: row for code, row in certified.items() if not kind or _kind(row.name) == kind}


def _groups(
    group: FigureGroup, counted: Sequence[CertifiedRow], names: Mapping[str, ProcedureNameRow], work: Reading
) -> ReportSection:
    """Return quantities by group, each kind in a column of its own."""
    sums = _sums(counted, lambda row: row.group)
    kinds = {
        kind: _sums([row for row in counted if _kind(names[row.procedure_code].name) == kind], lambda row: row.group)
        for kind in _KINDS
    }
    labels = group_labels(group, sums, work)
    rows: tuple[Row, ...] = tuple(
        {**labels[value], **{kind: kinds[kind][value]["quantity"] for kind in _KINDS}, **_plain(sums[value])}
        for value in in_order(sums)
    )
    whole = {kind: sum(int(str(row[kind])) for row in rows) for kind in _KINDS}
    columns = (*label_columns(group), *(column(kind, width=12) for kind in _KINDS), *_columns())
    total: Row = {label_key(group): words.TOTAL, **whole, **_total(sums.values())}
    return ReportSection(
        "groups", columns, rows, total, title=GROUP_HEADS[group], tab=words.BY_GROUP, scope=group.value
    )


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


def _columns() -> tuple[ReportColumn, ...]:
    return (
        column("dossiers", width=9),
        column("quantity", width=12),
        column("pages", width=10),
        column("without_pages", width=10, listed=False),
        column("fee", ColumnKind.MONEY, 14),
    )


def _sums(counted: Iterable[CertifiedRow], key: Callable[[CertifiedRow], str]) -> Mapping[str, Counter[str]]:
    """Return the sums of quantities, pages and fees by a key."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in counted:
        of_row = (row.dossiers, row.quantity, row.pages, row.without_pages, row.paid)
        sums[key(row)].update(dict(zip(_SUMS, of_row, strict=True)))
    return sums


def _plain(counts: Counter[str]) -> dict[str, int]:
    return {key: counts[key] for key in _SUMS}


def _total(groups: Iterable[Counter[str]]) -> dict[str, int]:
    listed = tuple(groups)
    return {key: sum(counts[key] for counts in listed) for key in _SUMS}
