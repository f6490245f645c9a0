"""The narrative report on control of procedures, with the office's texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from app.models.enums import FeedbackTopic, FigureColumn, FigureGroup
from app.models.figures import PRESETS, preset_period
from app.printing.documents.report import ColumnKind, Report, ReportCheck, ReportSection, ReportText, Row
from app.services.context import Context
from app.services.law.counter import report_start_day
from app.services.reporting.columns import column, text
from app.services.reporting.feedback import feedback_table
from app.services.reporting.figures_06a import Report06a, figures_06a, figures_by_group
from app.services.reporting.groups import counts_of_columns, group_labels, label_columns, label_key
from app.services.reporting.query import ReportQuery
from app.services.reporting.report_06a import office_columns, ratios
from app.services.reporting.report_procedures import publication_counts
from app.services.reporting.report_trim import report_trim
from app.storage.reporting import records
from app.storage.reporting.rows import ReportTextRow
from app.storage.uow import Reading
from app.wording.reports import quarter as words
from app.wording.reports.form_06a import GROUP_HEADS
from app.wording.reports.tables import BY_GROUP, TOTAL
from app.wording.reports.values import cell_text

QUARTER = "quarter"
NOT_OF_DOSSIERS = frozenset(("in_force", "published", "changed", "superseded", "proposals"))
"""Figures that count procedures."""
_SHARES = (FigureColumn.DIGITISED, FigureColumn.PAID_ONLINE)
_OWN_TEXT = frozenset(("one_stop", "communication", "initiatives", "inspection", "assessment", "difficulties"))
"""Blocks without figures of their own: they are blank until the office writes them."""


def report_quarter(query: ReportQuery, context: Context, work: Reading) -> Report:
    """Return the narrative report of a period.

    Figures are filled in. A text block of the period, else of the last period before, follows them. A missing text is
    shown as missing and named in `warnings`.
    """
    figures, checks, ratio = _figures(query, context, work)
    written = _latest(records.report_texts(work, QUARTER, query.last))
    blocks = tuple(_blocks(figures, ratio, written))
    warnings = tuple(_warnings(query, written))
    rows: tuple[Row, ...] = tuple(
        {"key": key, "name": words.FIGURE_NAMES[key], "value": value} for key, value in figures.items()
    )
    columns = (text("name", 60, "Chỉ tiêu"), column("value", width=14, heading="Số liệu"))
    opened = frozenset(figures) - NOT_OF_DOSSIERS
    groups = () if query.group is None else (_by_group(query, query.group, context, work),)
    preset = _preset(query, report_start_day(work, context.office, query.last))
    return Report(
        name=query.name,
        title=words.TITLE,
        subtitle=words.subject(query.first, query.last, preset),
        first=query.first,
        last=query.last,
        sections=(ReportSection("rows", columns, rows, title=words.FIGURES, tab="Số liệu", opened=opened), *groups),
        texts=blocks,
        warnings=warnings,
        checks=checks,
        number=words.NUMBER,
        answer={
            "period": {"from": query.first, "to": query.last},
            "rows": rows,
            "figures": figures,
            "checks": [
                {"identity": each.identity, "row": each.row, "expected": each.expected, "found": each.actual}
                for each in checks
            ],
            "texts": [{"text": each.text, "level": each.level, "blank": each.blank} for each in blocks],
            "blocks": {key: written[key].text if key in written else None for key in words.BLOCKS},
            "warnings": list(warnings),
            **{section.key: {"rows": section.rows, "total": section.total} for section in groups},
        },
    )


def _by_group(query: ReportQuery, group: FigureGroup, context: Context, work: Reading) -> ReportSection:
    """Return the figures of the period by group."""
    table = figures_by_group(Report06a(query.first, query.last, query.as_of), group, context.today, work)
    labels = group_labels(group, [row.field for row in table.rows], work)
    rows: tuple[Row, ...] = tuple({**asdict(row), **labels[row.field]} for row in table.rows)
    total: Row = {**asdict(table.total), label_key(group): TOTAL}
    columns = (*label_columns(group), *office_columns())
    return ReportSection(
        "groups", columns, rows, total, title=GROUP_HEADS[group], tab=BY_GROUP, scope=group.value, indexed=True
    )


def _figures(
    query: ReportQuery, context: Context, work: Reading
) -> tuple[Mapping[str, int], tuple[ReportCheck, ...], str]:
    """Return the figures by key, broken identities, and the on-time ratio."""
    first, last, today = query.first, query.last, context.today
    table = figures_06a(Report06a(first, last, query.as_of), today, work)
    total, feedback = table.total, feedback_table(first, last, today, work, query.as_of)
    catalogue = publication_counts(query, work)
    shares = counts_of_columns(_SHARES, FigureGroup.FIELD, query, context, work).values()
    values = {
        **{key: catalogue[key] for key in ("in_force", "published", "changed", "superseded")},
        "proposals": len(report_trim(query, context, work).sections[1].rows),
        "feedback_received": feedback.received,
        "feedback_rules": sum(row.about is FeedbackTopic.RULE and row.received_on >= first for row in feedback.rows),
        "feedback_answered": feedback.answered,
        "feedback_pending": feedback.pending,
        "received_new": total.received_online + total.received_direct_post,
        "digitised": sum(row["digitised"] for row in shares),
        "paid_online": sum(row["paid_online"] for row in shares),
    }
    figures = {key: values[key] if key in values else int(getattr(total, key)) for key in words.FIGURE_NAMES}
    checks = tuple(ReportCheck(c.identity, c.row, c.expected, c.actual) for c in table.checks)
    ratio = ratios(total)[0]
    return figures, checks, words.on_time(cell_text(ratio.percent, ColumnKind.PERCENT), ratio.definition)


def _latest(rows: Sequence[ReportTextRow]) -> Mapping[str, ReportTextRow]:
    """Return the last text of each block."""
    return {row.block: row for row in rows}


def _blocks(figures: Mapping[str, int], ratio: str, written: Mapping[str, ReportTextRow]) -> Iterator[ReportText]:
    yield ReportText(words.PART_ONE, 1)
    for block in words.BLOCKS:
        if block == "assessment":
            yield ReportText(words.PART_TWO, 1)
        yield ReportText(words.HEADINGS[block], 2)
        yield from map(ReportText, _sentences(block, figures, ratio))
        own = written.get(block)
        if own is not None and own.text:
            yield from map(ReportText, own.text.split("\n"))
        elif block in _OWN_TEXT:
            yield ReportText(words.blank(words.HEADINGS[block]), blank=True)


def _sentences(block: str, figures: Mapping[str, int], ratio: str) -> tuple[str, ...]:
    """Return the sentences of a block that are made of figures."""

    def values(*keys: str) -> list[int]:
        return [figures[key] for key in keys]

    if block == "results":
        return _results(figures, ratio)
    if block == "publication":
        return (words.publication(*values("in_force", "published", "changed", "superseded")),)
    if block == "review":
        return (words.review(figures["proposals"]),)
    if block == "feedback":
        keys = ("feedback_received", "feedback_rules", "feedback_answered", "feedback_pending")
        return (words.feedback(*values(*keys)),)
    if block == "electronic":
        return (words.electronic(*values("received_online", "received_new", "digitised", "paid_online")),)
    return (words.one_stop(figures["published"]),) if block == "one_stop" else ()


def _results(figures: Mapping[str, int], ratio: str) -> tuple[str, ...]:
    def values(*keys: str) -> list[int]:
        return [figures[key] for key in keys]

    ended = values("withdrawn", "returned_unresolved")
    return (
        words.received(*values("received", "received_new", "received_online", "received_direct_post", "carried_over")),
        words.resolved(*values("resolved", "resolved_early", "resolved_on_time", "resolved_late")),
        words.pending(*values("pending", "pending_in_time", "pending_late")),
        *((words.without_result(*ended),) if any(ended) else ()),
        ratio,
    )


def _warnings(query: ReportQuery, written: Mapping[str, ReportTextRow]) -> Iterator[str]:
    """Yield what to check before signing: missing texts, and older ones."""
    for block, heading in words.HEADINGS.items():
        row = written.get(block)
        if row is None or not row.text:
            if block in _OWN_TEXT:
                yield words.blank_warning(heading)
        elif (row.first, row.last) != (query.first, query.last):
            yield words.kept_warning(heading, row.first, row.last)


def _preset(query: ReportQuery, starts: int) -> str:
    """Return the preset of the period, empty for free days."""
    periods = {preset: preset_period(preset, query.first, starts) for preset in PRESETS}
    return next((preset for preset, days in periods.items() if days == (query.first, query.last)), "")
