"""Papers posted at the counter: catalogue, fees, procedure sheets."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from app.models.enums import PaperSize, Right
from app.models.errors import Refusal
from app.models.procedures import CataloguePaper, Procedure, procedure_code
from app.models.text import clean, fold_text
from app.models.values.order import vietnamese_key
from app.printing.documents.posted import ProcedureBooklet, ProcedureSheet, SheetPaper
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Row
from app.printing.forms.procedure_sheets import procedure_sheets
from app.printing.reports.pdf import lay_out_report, report_pdf
from app.services.catalogue.posted import PostedFacts, PostedRelief, PostedRules, posted_rules
from app.services.catalogue.publication import published_codes, versions_in_force
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.registry import issuer
from app.services.versions import Version
from app.storage.uow import Reading
from app.wording.documents import posted as words
from app.wording.reports.papers import recipient_lines

CATALOGUE, FEES_LIST, SHEET, BOOKLET = "catalogue", "fees-list", "sheet", "booklet"
POSTED = (CATALOGUE, SHEET, FEES_LIST, BOOKLET)
_A3 = "A3"


@dataclass(frozen=True)
class PreparePosted:
    """Query: a posted paper by its form.

    `codes` are the procedures of `sheet`. `fields` limits the lists and booklets. `paper` is `A4`, `A3` or `A5`.
    `day` is the day whose law is posted, by default today.
    """

    form: str
    codes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    paper: str = "A4"
    day: date | None = None


@dataclass(frozen=True)
class PreparedPosted:
    """A posted paper: its PDF and number of pages.

    `varying` is the number of procedures whose term or fee depends on the channel or the place.
    """

    pdf: bytes
    pages: int
    form: str
    varying: int = 0


@requires(Right.ASK_OFFICE)
def prepare_posted(query: PreparePosted, context: Context, work: Reading) -> PreparedPosted:
    """Draw a posted paper of the procedures that the office publishes.

    Raises Refusal `print_code_missing`, `unknown_procedure`, `field_unknown`, `paper_not_posted`.
    """
    day = query.day or context.today
    in_force, rules = versions_in_force(work, day), posted_rules(day, work)
    procedures = _published(query.fields, in_force, published_codes(work, day))
    if query.form in (CATALOGUE, FEES_LIST):
        if query.codes:
            raise Refusal("posted_no_code", "code")
        return _list(query, [_Posted(each, rules.facts(each)) for each in procedures], rules, context)
    if query.paper == _A3:
        raise Refusal("paper_not_posted", "paper", text=query.paper)
    if query.form == SHEET:
        procedures = _named(query.codes, in_force)
    if not procedures:
        raise Refusal("print_code_missing", "code")
    posted = [_Posted(each, rules.facts(each)) for each in procedures]
    booklet = _booklet(posted, rules, context)
    if query.form == BOOKLET:
        title = " – ".join((words.BOOKLET_TITLE, *query.fields)).upper()
        booklet = replace(booklet, title=title, contents=True)
    pdf, pages = procedure_sheets(booklet, PaperSize(query.paper))
    return PreparedPosted(pdf, pages, query.form, _varying(posted))


class _Posted(NamedTuple):
    procedure: Procedure
    facts: PostedFacts


def _list(query: PreparePosted, posted: Sequence[_Posted], rules: PostedRules, context: Context) -> PreparedPosted:
    if query.form == FEES_LIST:
        posted = [each for each in posted if _is_charged(each.procedure)]
    build = _catalogue if query.form == CATALOGUE else _fees_list
    day = query.day or context.today
    report = replace(build(posted, rules), first=day, last=day, issuer=issuer(context), paper=query.paper)
    pages = len(lay_out_report(report).pages)
    return PreparedPosted(report_pdf(report), pages, query.form, _varying(posted))


def _varying(posted: Sequence[_Posted]) -> int:
    return sum(each.facts.varies for each in posted)


def _is_charged(procedure: Procedure) -> bool:
    return bool(procedure.fee) or any(fee for _channel, fee in procedure.channel_fees)


def _published(fields: Sequence[str], in_force: Mapping[str, Version], published: set[str]) -> list[Procedure]:
    """Return the published procedures by field and name."""
    procedures = [version.procedure for code, version in in_force.items() if code in published]
    if fields:
        known = {fold_text(procedure.field): procedure.field for procedure in procedures}
        chosen = {_field(text, known) for text in fields}
        procedures = [procedure for procedure in procedures if procedure.field in chosen]
    return sorted(procedures, key=lambda each: (vietnamese_key(each.field), vietnamese_key(each.name)))


def _field(text: str, known: dict[str, str]) -> str:
    folded = fold_text(clean(text))
    matches = [known[folded]] if folded in known else [name for key, name in known.items() if folded and folded in key]
    if len(matches) != 1:
        raise Refusal("field_unknown", "field", text=text[:60])
    return matches[0]


def _named(codes: Sequence[str], in_force: Mapping[str, Version]) -> list[Procedure]:
    canonical = [procedure_code(code, "code") for code in codes]
    for code in canonical:
        if code not in in_force:
            raise Refusal("unknown_procedure", "code", procedure=code)
    return [in_force[code].procedure for code in canonical]


def _catalogue(posted: Sequence[_Posted], rules: PostedRules) -> Report:
    columns = (
        ReportColumn("code", words.CODE, ColumnKind.TEXT, width=10),
        ReportColumn("name", words.NAME, ColumnKind.TEXT, width=46),
        ReportColumn("limit", words.LIMIT, ColumnKind.TEXT, width=18),
        ReportColumn("fee", words.FEE, ColumnKind.TEXT, width=17),
    )
    by_field: defaultdict[str, list[_Posted]] = defaultdict(list)
    for each in posted:
        by_field[each.procedure.field].append(each)
    sections = tuple(
        ReportSection(field, columns, tuple(map(_row, group)), title=words.field_title(field, len(group)))
        for field, group in by_field.items()
    )
    return _posted(words.CATALOGUE_TITLE, sections, posted)


def _fees_list(posted: Sequence[_Posted], rules: PostedRules) -> Report:
    columns = (
        ReportColumn("code", words.CODE, ColumnKind.TEXT, width=10),
        ReportColumn("name", words.NAME, ColumnKind.TEXT, width=44),
        ReportColumn("field", words.FIELD, ColumnKind.TEXT, width=16),
        ReportColumn("fee", words.FEE, ColumnKind.TEXT, width=21),
    )
    sections = [ReportSection("rows", columns, tuple(map(_row, posted)))]
    reliefs = rules.reliefs_of([each.procedure for each in posted])
    if reliefs:
        keys = ("name", "share", "scope", "decision", "valid_to")
        widths = (26, 9, 26, 20, 10)
        heads = zip(keys, words.RELIEF_COLUMNS, widths, strict=True)
        shown = tuple(ReportColumn(key, name, ColumnKind.TEXT, width=width) for key, name, width in heads)
        rows = tuple(_relief_row(relief) for relief in reliefs)
        sections.append(ReportSection("reliefs", shown, rows, title=words.RELIEFS))
    return _posted(words.FEES_TITLE, tuple(sections), posted)


def _relief_row(relief: PostedRelief) -> Row:
    last = relief.last
    return {
        "name": ", ".join(relief.names),
        "share": relief.share,
        "scope": relief.scope,
        "decision": relief.decision,
        "valid_to": "" if last is None else f"{last:%d/%m/%Y}",
    }


def _row(posted: _Posted) -> Row:
    procedure, facts = posted
    return {
        "code": procedure.code,
        "name": procedure.name,
        "field": procedure.field,
        "limit": facts.limit,
        "fee": facts.fee,
    }


def _posted(title: str, sections: tuple[ReportSection, ...], posted: Sequence[_Posted]) -> Report:
    return Report(
        name="posted",
        title=title,
        subtitle=words.count_note(len(posted)),
        first=date.min,
        last=date.min,
        sections=sections,
        notes=(words.VARIES,) if _varying(posted) else (),
        recipients=recipient_lines("")[-1:],
    )


def _booklet(posted: Sequence[_Posted], rules: PostedRules, context: Context) -> ProcedureBooklet:
    office = context.office
    where = ", ".join(text for text in (office.centre or office.name, office.address) if text)
    phone = f"điện thoại {office.phone}" if office.phone else ""
    return ProcedureBooklet(
        issuer=issuer(context),
        sheets=tuple(_sheet(each, rules) for each in posted),
        where=where,
        hours=words.hours_text(office.hours),
        lookup="; ".join(text for text in (office.lookup_address, phone) if text),
    )


def _sheet(posted: _Posted, rules: PostedRules) -> ProcedureSheet:
    procedure, facts = posted
    reliefs = rules.reliefs_of([procedure]) if _is_charged(procedure) else ()
    return ProcedureSheet(
        code=procedure.code,
        name=procedure.name,
        field=procedure.field,
        limit=facts.limit,
        fee=facts.fee,
        papers=tuple(map(_paper, procedure.papers)),
        law=facts.law,
        reliefs="; ".join(_relief_text(relief) for relief in reliefs if relief.of_fee),
        advice=facts.advice,
    )


def _relief_text(relief: PostedRelief) -> str:
    """Return a relief with its decision, and its last day if it has one."""
    last = "" if relief.last is None else f", đến hết {relief.last:%d/%m/%Y}"
    return f"{', '.join(relief.names)}: {relief.share} ({relief.decision}{last})"


def _paper(paper: CataloguePaper) -> SheetPaper:
    originals = words.case_may_be(paper.originals, paper.copies)
    return SheetPaper(
        paper.name, words.handling_name(paper.handling), originals, words.case_may_be(paper.copies, paper.originals)
    )
