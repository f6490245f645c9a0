"""The answer to another system's list of late dossiers: table and letter."""

from dataclasses import dataclass, field

from app.models.enums import Right
from app.models.errors import Refusal
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportFact, ReportSection, ReportText, Row
from app.services.context import Context
from app.services.foreign_tables.false_late import LateLine, LateVerdict, compare_list, counts, last_day
from app.services.permissions import requires
from app.services.reporting.export import report_file
from app.services.reporting.registry import issuer
from app.sheets.reading import read_sheet
from app.storage.uow import Reading
from app.wording.imports import false_late as words

ENDINGS = (".xlsx", ".docx", ".pdf")
_NOT_IN_JSON = {"in_json": False}


@dataclass(frozen=True)
class AnswerLateList:
    """Query: the list, its name, MAP.toml, and the kind of the answer."""

    content: bytes
    name: str
    ending: str
    map_text: str = ""


@dataclass(frozen=True)
class LateAnswer:
    """Number of lines by verdict, and the explanation as a file."""

    rows: int
    late: int
    lag: int
    status_missing: int
    unknown: int
    lines: tuple[LateLine, ...] = field(metadata=_NOT_IN_JSON)
    file: bytes = field(metadata=_NOT_IN_JSON, repr=False)


@requires(Right.READ_LISTS)
def answer_late_list(query: AnswerLateList, context: Context, work: Reading) -> LateAnswer:
    """Judge each line by the office's events; draw table and letter.

    Raises Refusal `report_format`, or like `read_sheet` and `compare_list`.
    """
    if query.ending not in ENDINGS:
        raise Refusal("report_format", "out", text=query.ending, allowed=", ".join(ENDINGS))
    lines = compare_list(read_sheet(query.content, query.name), query.name, query.map_text, context.today, work)
    numbers = counts(lines)
    return LateAnswer(
        rows=len(lines),
        late=numbers[LateVerdict.LATE],
        lag=numbers[LateVerdict.LAG],
        status_missing=numbers[LateVerdict.STATUS_MISSING],
        unknown=numbers[LateVerdict.UNKNOWN],
        lines=lines,
        file=report_file(_report(lines, query, context), query.ending),
    )


def _report(lines: tuple[LateLine, ...], query: AnswerLateList, context: Context) -> Report:
    first, last = last_day(lines, context.today)
    numbers = {verdict.value: number for verdict, number in counts(lines).items()}
    is_workbook = query.ending == ".xlsx"  # the Word and PDF answers name the numbers in their text
    letter = words.letter(context.office.parent, context.office.name, query.name, numbers)
    return Report(
        name="false-late",
        title=words.TITLE,
        first=first,
        last=last,
        subtitle=words.subtitle(query.name, context.today),
        sections=(ReportSection(key="rows", columns=_COLUMNS, rows=tuple(map(_row, lines)), tab=words.TAB),),
        facts=tuple(ReportFact(key, words.VERDICTS[key], n) for key, n in numbers.items() if is_workbook),
        fact_heads=(words.VERDICT_HEAD, words.COUNT_HEAD),
        texts=tuple(map(ReportText, letter)),
        number=words.NUMBER,
        issuer=issuer(context),
        recipients=words.recipients(context.office.parent),
    )


_COLUMNS = (
    ReportColumn("code", words.CODE, ColumnKind.TEXT, width=21),
    ReportColumn("own_code", words.OWN_CODE, ColumnKind.TEXT, width=20),
    ReportColumn("procedure", words.PROCEDURE, ColumnKind.TEXT, width=30),
    ReportColumn("due_there", words.DUE_THERE, ColumnKind.DAY, width=13),
    ReportColumn("due_at", words.DUE_HERE, ColumnKind.INSTANT, width=16),
    ReportColumn("at", words.AT, ColumnKind.INSTANT, width=16),
    ReportColumn("entered_at", words.ENTERED_AT, ColumnKind.INSTANT, width=16),
    ReportColumn("verdict", words.VERDICT_HEAD, ColumnKind.TEXT, width=18),
    ReportColumn("reason", words.REASON, ColumnKind.TEXT, width=44),
)


def _row(line: LateLine) -> Row:
    return {
        "code": line.code,
        "own_code": line.own_code,
        "procedure": line.procedure,
        "due_there": line.due_there,
        "due_at": line.due_at,
        "at": line.at,
        "entered_at": line.entered_at,
        "verdict": words.VERDICTS[line.verdict.value],
        "reason": words.reason(line.reason, line.at, line.due_at, line.due_there),
    }
