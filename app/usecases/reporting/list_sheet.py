"""Export of a list as it is on the screen."""

from dataclasses import dataclass

from app.models.enums import Right
from app.printing.documents.report import ColumnKind, Report, ReportColumn, ReportSection
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.export import report_file
from app.services.reporting.registry import issuer
from app.storage.uow import Reading

_LEAST_WIDTH, _MOST_WIDTH = 8.0, 48.0


@dataclass(frozen=True)
class ListSheet:
    """Rows of a list as texts, in the order on the screen.

    A row of one cell is a heading of the rows below it. `note` is how the rows were chosen.
    """

    title: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class ExportList:
    """Query: a list as a file with the `ending` .xlsx or .pdf."""

    sheet: ListSheet
    ending: str


@requires(Right.READ_LISTS)
def export_list_sheet(query: ExportList, context: Context, work: Reading) -> bytes:
    """Return the file of a list.

    Texts stay texts, so that Excel keeps the leading zeros of telephones.

    Raises Refusal `report_format`.
    """
    sheet = query.sheet
    columns = tuple(_column(sheet, place) for place in range(len(sheet.headings)))
    rows = tuple({str(place): cell for place, cell in enumerate(row)} for row in sheet.rows)
    report = Report(
        name="list",
        title=sheet.title,
        first=context.today,
        last=context.today,
        sections=(ReportSection("rows", columns, rows, tab="Danh sách"),),
        issuer=issuer(context),
        subtitle=". ".join(filter(None, (f"Ngày {context.today:%d/%m/%Y}, {len(rows)} dòng", sheet.note))),
        signed=False,
    )
    return report_file(report, query.ending)


def _column(sheet: ListSheet, place: int) -> ReportColumn:
    cells = [row[place] for row in sheet.rows if len(row) > place]
    longest = max((len(text) for text in (*cells, sheet.headings[place])), default=0)
    width = min(max(_LEAST_WIDTH, longest), _MOST_WIDTH)
    return ReportColumn(str(place), sheet.headings[place], ColumnKind.TEXT, width=width)
