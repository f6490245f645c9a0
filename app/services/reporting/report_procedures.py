"""Procedures as reports: publication, shares."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from app.models.enums import FigureColumn, FigureGroup
from app.models.values.order import vietnamese_key
from app.printing.documents.report import Report, ReportColumn, ReportFact, ReportRatio, ReportSection, Row
from app.services.catalogue.publication import published_codes, versions_in_force
from app.services.context import Context
from app.services.reporting.columns import column, text
from app.services.reporting.figures_06a import Report06a, figures_by_group
from app.services.reporting.groups import (
    GROUP_NOTES,
    counts_of_columns,
    group_labels,
    in_order,
    label_columns,
    label_key,
)
from app.services.reporting.query import ReportQuery
from app.services.versions import Version, as_version
from app.storage import catalogue
from app.storage.uow import Reading
from app.wording.reports import tables as words
from app.wording.reports.form_06a import GROUP_HEADS

_SHARES = (
    *(FigureColumn.NEW, FigureColumn.RECEIVED_ONLINE, FigureColumn.SAME_DAY, FigureColumn.DIGITISED),
    *(FigureColumn.POSTAL, FigureColumn.PAID, FigureColumn.PAID_ONLINE),
)


def report_shares(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the shares of channels and services, by month of reception."""
    group = query.group or FigureGroup.MONTH
    sums = counts_of_columns(_SHARES, group, query, context, work)
    labels, keys = group_labels(group, sums, work), tuple(each.value for each in _SHARES)
    rows: tuple[Row, ...] = tuple(
        {
            "group": labels[value].get("name") or labels[value]["field"],
            group.value: value,
            **{key: counts[key] for key in keys},
        }
        for value, counts in sums.items()
        if counts.total()
    )
    totals = {key: sum(each[key] for each in sums.values()) for key in keys}
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
                (text("group", 30, heading), *(column(key, width=12) for key in keys)),
                rows,
                {"group": words.TOTAL, **totals},
                scope=group.value,
            ),
        ),
        ratios=tuple(_share(key, totals) for key in words.SHARE_NAMES),
        notes=GROUP_NOTES.get(group, ()) if group is FigureGroup.HOLDER else (),
    )


def _share(key: str, counts: Mapping[str, int]) -> ReportRatio:
    base = "paid" if key == "paid_online" else "new"
    definition = words.share_definition(words.HEADINGS[key], counts[key], words.HEADINGS[base], counts[base])
    return ReportRatio(key, words.SHARE_NAMES[key], counts[key], counts[base], definition)


_OF_DOSSIERS = (FigureGroup.HOLDER, FigureGroup.CHANNEL, FigureGroup.MONTH)
_PUBLICATION = (
    *("in_force", "published", "changed", "superseded"),
    *("with_dossiers", "without_dossiers", "dossiers"),
)


def report_procedures(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return procedures in force, published, changed and unused by field."""
    by_dossier = query.group if query.group in _OF_DOSSIERS else None
    group = FigureGroup.FIELD if query.group is None or by_dossier else query.group
    in_force = versions_in_force(work, query.last)
    published = published_codes(work, query.last)
    changed, superseded = _changes(work, query.first, query.last)
    basis = Report06a(query.first, query.last, query.as_of)
    table = figures_by_group(basis, FigureGroup.PROCEDURE, context.today, work)
    used = {row.field: row.received_online + row.received_direct_post for row in table.rows}
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for code, version in in_force.items():
        counts = groups[_group_of(version, group)]
        counts["in_force"] += 1
        counts["published"] += code in published
        counts["changed"] += code in changed
        counts["with_dossiers"] += bool(used.get(code))
        counts["without_dossiers"] += not used.get(code)
        counts["dossiers"] += used.get(code, 0)
    for version in superseded.values():
        groups[_group_of(version, group)]["superseded"] += 1
    labels = group_labels(group, groups, work)
    rows: tuple[Row, ...] = tuple(
        {**labels[value], **{key: groups[value][key] for key in _PUBLICATION}} for value in in_order(groups)
    )
    totals = {key: sum(counts[key] for counts in groups.values()) for key in _PUBLICATION}
    columns = (*label_columns(group, 36), *(_publication_column(key) for key in _PUBLICATION))
    return Report(
        name=query.name,
        title=words.TITLES["procedures"],
        unit="Số thủ tục hành chính",
        first=query.first,
        last=query.last,
        sections=(
            ReportSection(
                "rows",
                columns,
                rows,
                {label_key(group): words.TOTAL, **totals},
                tab="Theo lĩnh vực" if group is FigureGroup.FIELD else words.BY_PROCEDURE,
                scope=group.value,
            ),
            *(() if by_dossier is None else (_dossiers_by(by_dossier, query, context, work),)),
            _unused([version for code, version in in_force.items() if not used.get(code) and code in published]),
        ),
        facts=tuple(
            ReportFact(key, words.HEADINGS[key], totals[key], listed=key == "dossiers") for key in _PUBLICATION
        ),
    )


def _dossiers_by(group: FigureGroup, query: ReportQuery, context: Context, work: Reading) -> ReportSection:
    """Return the received dossiers by a group that procedures do not have."""
    counted = counts_of_columns((FigureColumn.NEW,), group, query, context, work)
    sums = {value: counts["new"] for value, counts in counted.items() if counts["new"]}
    labels = group_labels(group, sums, work)
    rows: tuple[Row, ...] = tuple({**labels[value], "new": count} for value, count in sums.items())
    total: Row = {label_key(group): words.TOTAL, "new": sum(sums.values())}
    columns = (*label_columns(group), column("new", width=12))
    title = GROUP_HEADS[group]
    return ReportSection("groups", columns, rows, total, title=title, tab=words.BY_GROUP, scope=group.value)


def _group_of(version: Version, group: FigureGroup) -> str:
    return version.procedure.code if group is FigureGroup.PROCEDURE else version.procedure.field


def _publication_column(key: str) -> ReportColumn:
    """Return a column of counts; only the dossiers can be listed, as new ones."""
    return column(key, width=11, listed=key == "dossiers")


def _unused(versions: Sequence[Version]) -> ReportSection:
    """Return the published procedures without a dossier."""
    rows = [
        {"procedure": version.procedure.code, "name": version.procedure.name, "field": version.procedure.field}
        for version in versions
    ]
    rows.sort(key=lambda row: (vietnamese_key(row["field"]), row["procedure"]))
    columns = (text("procedure", 12), text("name", 60), text("field", 30))
    return ReportSection(
        "unused", columns, tuple(rows), title=words.UNUSED, tab="Không phát sinh", empty=words.ALL_USED
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
