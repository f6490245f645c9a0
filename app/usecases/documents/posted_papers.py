"""Papers posted at the counter: catalogue, fees, procedure sheets."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.models.enums import PaperSize, Right, TermUnit
from app.models.errors import Refusal
from app.models.procedures import CataloguePaper, Procedure, procedure_code
from app.models.text import clean, fold_text
from app.models.values.order import vietnamese_key
from app.printing.documents.posted import ProcedureBooklet, ProcedureSheet, SheetPaper
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection, Row
from app.printing.forms.procedure_sheets import procedure_sheets
from app.printing.reports.pdf import lay_out_report, report_pdf
from app.services.catalogue.publication import published_codes, versions_in_force
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.registry import issuer
from app.services.versions import term_of
from app.storage.uow import Reading
from app.wording.documents import posted as words
from app.wording.numbers import money
from app.wording.reports.papers import recipient_lines
from app.wording.status import unit_text

CATALOGUE, FEES_LIST, SHEET, BOOKLET = "catalogue", "fees-list", "sheet", "booklet"
POSTED = (CATALOGUE, SHEET, FEES_LIST, BOOKLET)
_A3 = "A3"


@dataclass(frozen=True)
class PreparePosted:
    """Query: a posted paper by its form.

    `codes` are the procedures of `sheet`. `fields` limits the lists and booklets. `paper` is `A4`, `A3` or `A5`.
    """

    form: str
    codes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    paper: str = "A4"


@dataclass(frozen=True)
class PreparedPosted:
    """A posted paper: its PDF and number of pages."""

    pdf: bytes
    pages: int
    form: str


@requires(Right.ASK_OFFICE)
def prepare_posted(query: PreparePosted, context: Context, work: Reading) -> PreparedPosted:
    """Draw a posted paper of the procedures that the office publishes.

    Raises Refusal `print_code_missing`, `unknown_procedure`, `field_unknown`, `paper_not_posted`.
    """
    procedures = _published(query.fields, context, work)
    if query.form in (CATALOGUE, FEES_LIST):
        if query.codes:
            raise Refusal("posted_no_code", "code")
        build = _catalogue if query.form == CATALOGUE else _fees_list
        report = replace(build(procedures, context), paper=query.paper)
        return PreparedPosted(report_pdf(report), len(lay_out_report(report).pages), query.form)
    if query.paper == _A3:
        raise Refusal("paper_not_posted", "paper", text=query.paper)
    if query.form == SHEET:
        procedures = _named(query.codes, context, work)
    if not procedures:
        raise Refusal("print_code_missing", "code")
    booklet = _booklet(procedures, context)
    if query.form == BOOKLET:
        title = " – ".join((words.BOOKLET_TITLE, *query.fields)).upper()
        booklet = replace(booklet, title=title, contents=True)
    pdf, pages = procedure_sheets(booklet, PaperSize(query.paper))
    return PreparedPosted(pdf, pages, query.form)


def _published(fields: Sequence[str], context: Context, work: Reading) -> list[Procedure]:
    """Return the published procedures by field and name."""
    in_force, published = versions_in_force(work, context.today), published_codes(work, context.today)
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


def _named(codes: Sequence[str], context: Context, work: Reading) -> list[Procedure]:
    in_force = versions_in_force(work, context.today)
    canonical = [procedure_code(code, "code") for code in codes]
    for code in canonical:
        if code not in in_force:
            raise Refusal("unknown_procedure", "code", procedure=code)
    return [in_force[code].procedure for code in canonical]


def _limit(procedure: Procedure) -> str:
    term = term_of(procedure)
    text = unit_text(None if term.limit is None else f"{term.limit.normalize():f}", term.unit)
    return words.UNKNOWN_FEE if text == unit_text(None, TermUnit.UNKNOWN) else text


def _fee(procedure: Procedure) -> str:
    if procedure.fee is None:
        return words.UNKNOWN_FEE
    if not procedure.fee:
        return words.NO_FEE
    return f"{money(procedure.fee)}, {words.PER_PAGE}" if procedure.fee_rule is not None else money(procedure.fee)


def _catalogue(procedures: Sequence[Procedure], context: Context) -> Report:
    columns = (
        ReportColumn("code", words.CODE, ColumnKind.TEXT, width=10),
        ReportColumn("name", words.NAME, ColumnKind.TEXT, width=54),
        ReportColumn("limit", words.LIMIT, ColumnKind.TEXT, width=14),
        ReportColumn("fee", words.FEE, ColumnKind.TEXT, width=13),
    )
    by_field: defaultdict[str, list[Procedure]] = defaultdict(list)
    for procedure in procedures:
        by_field[procedure.field].append(procedure)
    sections = tuple(
        ReportSection(field, columns, tuple(map(_row, group)), title=words.field_title(field, len(group)))
        for field, group in by_field.items()
    )
    return _posted(words.CATALOGUE_TITLE, sections, len(procedures), context)


def _fees_list(procedures: Sequence[Procedure], context: Context) -> Report:
    charged = [procedure for procedure in procedures if procedure.fee]
    columns = (
        ReportColumn("code", words.CODE, ColumnKind.TEXT, width=10),
        ReportColumn("name", words.NAME, ColumnKind.TEXT, width=46),
        ReportColumn("field", words.FIELD, ColumnKind.TEXT, width=18),
        ReportColumn("fee", words.FEE, ColumnKind.TEXT, width=17),
    )
    section = ReportSection("rows", columns, tuple(map(_row, charged)))
    return _posted(words.FEES_TITLE, (section,), len(charged), context)


def _row(procedure: Procedure) -> Row:
    return {
        "code": procedure.code,
        "name": procedure.name,
        "field": procedure.field,
        "limit": _limit(procedure),
        "fee": _fee(procedure),
    }


def _posted(title: str, sections: tuple[ReportSection, ...], procedures: int, context: Context) -> Report:
    return Report(
        name="posted",
        title=title,
        subtitle=words.count_note(procedures),
        first=context.today,
        last=context.today,
        sections=sections,
        issuer=issuer(context),
        recipients=recipient_lines("")[-1:],
    )


def _booklet(procedures: Sequence[Procedure], context: Context) -> ProcedureBooklet:
    office = context.office
    where = ", ".join(text for text in (office.centre or office.name, office.address) if text)
    phone = f"điện thoại {office.phone}" if office.phone else ""
    return ProcedureBooklet(
        issuer=issuer(context),
        sheets=tuple(
            ProcedureSheet(
                code=each.code,
                name=each.name,
                field=each.field,
                limit=_limit(each),
                fee=_fee(each),
                papers=tuple(map(_paper, each.papers)),
            )
            for each in procedures
        ),
        where=where,
        hours=words.hours_text(office.hours),
        lookup="; ".join(text for text in (office.lookup_address, phone) if text),
    )


def _paper(paper: CataloguePaper) -> SheetPaper:
    originals = words.case_may_be(paper.originals, paper.copies)
    return SheetPaper(
        paper.name, words.handling_name(paper.handling), originals, words.case_may_be(paper.copies, paper.originals)
    )
