"""Preview of a catalogue import: new, changed, repealed side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from app.models.enums import Right
from app.models.procedures import CataloguePaper, catalogue_papers
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportFact, ReportSection, Row
from app.services.catalogue.importing import RefusedRow, plan_import
from app.services.catalogue.preview import CatalogueChange, catalogue_changes, count_repealed
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.export import report_file
from app.services.reporting.registry import issuer
from app.storage.uow import Reading
from app.wording.imports import catalogue_preview as words
from app.wording.received.packages import column_words, paper_words
from app.wording.reports.papers import recipient_lines


@dataclass(frozen=True)
class PreviewCatalogue:
    """Query: what the import of a table would change.

    `first_day` is the day from which rows without a day are valid. `decision` is the number of the decision.
    """

    text: str
    first_day: date | None = None
    decision: str = ""


@dataclass(frozen=True)
class CataloguePreview:
    """Numbers as the import would answer, and each change.

    Repealed procedures are among the changed.
    """

    new: int
    changed: int
    repealed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    changes: tuple[CatalogueChange, ...]


@dataclass(frozen=True)
class PreviewFile:
    """Query: a preview as a file for the head of office to sign."""

    preview: CataloguePreview
    ending: str
    decision: str = ""
    first_day: date | None = None


@requires(Right.ASK_OFFICE)
def preview_catalogue(query: PreviewCatalogue, context: Context, work: Reading) -> CataloguePreview:
    """Return what an import would write; nothing is written.

    Raises Refusal as `plan_import` does.
    """
    plan = plan_import(query.text, query.first_day, context.today, work)
    return CataloguePreview(
        new=plan.result.new,
        changed=plan.result.changed,
        repealed=count_repealed(plan.versions),
        unchanged=plan.result.unchanged,
        refused=plan.result.refused,
        changes=catalogue_changes(plan),
    )


@requires(Right.ASK_OFFICE)
def preview_file(query: PreviewFile, context: Context, work: Reading) -> bytes:
    """Return a preview as .xlsx, .docx or .pdf.

    Raises Refusal `report_format`.
    """
    preview, day = query.preview, query.first_day or context.today
    refused: tuple[Row, ...] = tuple({"row": each.row, "reason": each.reason} for each in preview.refused)
    sections = [
        ReportSection(
            key="changes",
            columns=_CHANGES,
            rows=tuple(chain.from_iterable(map(_rows, preview.changes))),
            tab=words.CHANGES,
        )
    ]
    if refused:
        sections.append(
            ReportSection(key="refused", columns=_REFUSED, rows=refused, title=words.REFUSED, tab=words.REFUSED)
        )
    report = Report(
        name="catalogue",
        title=words.TITLE,
        first=day,
        last=day,
        subtitle=words.subtitle(query.decision, day),
        sections=tuple(sections),
        facts=(
            ReportFact("new", words.NEW, preview.new),
            ReportFact("changed", words.CHANGED, preview.changed - preview.repealed),
            ReportFact("repealed", words.REPEALED, preview.repealed),
            ReportFact("unchanged", words.UNCHANGED, preview.unchanged),
        ),
        issuer=issuer(context),
        recipients=recipient_lines(""),
    )
    return report_file(report, query.ending)


_CHANGES = (
    ReportColumn("code", words.CODE, ColumnKind.TEXT, width=11),
    ReportColumn("name", words.NAME, ColumnKind.TEXT, width=36),
    ReportColumn("kind", words.KIND, ColumnKind.TEXT, width=10),
    ReportColumn("valid_from", words.VALID_FROM, ColumnKind.DAY, width=11),
    ReportColumn("column", words.COLUMN, ColumnKind.TEXT, width=16),
    ReportColumn("before", words.BEFORE, ColumnKind.TEXT, width=36),
    ReportColumn("after", words.AFTER, ColumnKind.TEXT, width=36),
)
_REFUSED = (
    ReportColumn("row", words.ROW, width=8),
    ReportColumn("reason", words.REASON, ColumnKind.TEXT, width=90),
)


def _rows(change: CatalogueChange) -> Iterator[Row]:
    """Yield the change in words; each paper that differs is a row."""
    if change.column != "papers":
        yield _row(change)
        return
    before, after = (dict.fromkeys(map(_paper, catalogue_papers(text))) for text in (change.before, change.after))
    for paper in dict.fromkeys((*before, *after)):
        if (paper in before) != (paper in after):
            yield _row(replace(change, before=paper * (paper in before), after=paper * (paper in after)))


def _paper(paper: CataloguePaper) -> str:
    return paper_words(paper.handling, paper.originals, paper.copies, paper.name)


def _row(change: CatalogueChange) -> Row:
    return {
        "code": change.code,
        "name": change.name,
        "kind": words.KINDS[change.kind.value],
        "valid_from": change.valid_from,
        "column": words.column_name(change.column),
        "before": column_words(change.column, change.before),
        "after": column_words(change.column, change.after),
    }
