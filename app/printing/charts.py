"""Figures as charts on two A4 pages in landscape.

Bars show their values, and each ratio has its definition beside it. The screen shows this sheet, so that screen and
print are the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from app.models.enums import PaperSize
from app.printing.layout.page_flow import LANDSCAPE
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, drawable, load_faces, width_of
from app.wording import figures as words

_FORMAT = LANDSCAPE[PaperSize.A4]
_IN_TIME, _LATE = HexColor("#8CC7A4"), HexColor("#B3261E")
_RECEIVED, _RESOLVED = HexColor("#A9C8EA"), HexColor("#0B5CAD")
_INK, _LINE, _LIGHT_GREY = HexColor("#17202A"), HexColor("#808C99"), HexColor("#EDEFF2")
_MAX_FIELDS = 14
_ROW = 21.0
_TOP, _FLOOR = 196.0, 58.0
_GAP = 28.0


@dataclass(frozen=True)
class FieldBar:
    """Dossiers of one field resolved in the period, in time or late."""

    field: str
    in_time: int
    late: int


@dataclass(frozen=True)
class MonthBar:
    """Dossiers received and resolved in one month.

    `name` is the label below the bars, such as `02/2026`. The counts `before` are those of the year before.
    """

    name: str
    received: int
    resolved: int
    received_before: int = 0
    resolved_before: int = 0


@dataclass(frozen=True)
class AgeBar:
    """Open dossiers of one age; `late` ones are drawn in red."""

    name: str
    dossiers: int
    late: bool = False


@dataclass(frozen=True)
class HourCell:
    """Dossiers received in one hour of one weekday, Monday 0."""

    weekday: int
    hour: int
    dossiers: int


@dataclass(frozen=True)
class RatioText:
    """One ratio as text: its value and its definition with the source."""

    value: str
    definition: str


@dataclass(frozen=True)
class ChartSheet:
    """The content of the sheet.

    `fields` are in descending size, `months` in order of time. `sample` prints MẪU behind a training office's
    sheet. `ages` and `hours` are on the second page.
    """

    office: str
    title: str
    fields: tuple[FieldBar, ...]
    months: tuple[MonthBar, ...]
    ratios: tuple[RatioText, ...]
    sources: str
    sample: bool = False
    ages: tuple[AgeBar, ...] = ()
    hours: tuple[HourCell, ...] = ()


def chart_sheet(sheet: ChartSheet) -> bytes:
    """Return the sheet as a PDF of two pages.

    The same content gives the same bytes.
    """
    load_faces()
    target = BytesIO()
    canvas = Canvas(target, pagesize=(_FORMAT.width, _FORMAT.height), invariant=True, initialFontName=REGULAR)
    canvas.setTitle(drawable(sheet.title, REGULAR))
    for shapes in (_shapes(sheet), second_page(sheet)):
        drawing = Drawing(_FORMAT.width, _FORMAT.height)
        for shape in shapes:
            drawing.add(shape)
        renderPDF.draw(drawing, canvas, 0, 0)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


_Shape: TypeAlias = String | Rect | Line


def _shapes(sheet: ChartSheet) -> Iterable[_Shape]:
    middle = _FORMAT.left + _FORMAT.measure * 0.56
    if sheet.sample:
        place = {"fontName": BOLD, "fontSize": 170, "fillColor": _LIGHT_GREY, "textAnchor": "middle"}
        yield String(_FORMAT.width / 2, _FORMAT.height / 2 - 60, "MẪU", **place)
    yield _text(_FORMAT.left, _FORMAT.height - 40, sheet.office, 10)
    yield _text(_FORMAT.left, _FORMAT.height - 60, sheet.title, 15, BOLD)
    yield from _field_bars(sheet.fields, _FORMAT.left, middle - _GAP)
    yield from _month_bars(sheet.months, middle, _FORMAT.right)
    yield from _ratios(sheet)


def _text(
    x: float, y: float, text: str, size: float, face: str = REGULAR, width: float = 0, align: float = 0
) -> String:
    """Return a line of text, shortened with an ellipsis to `width` if given.

    `align` is 0 to start at x, 0.5 to centre, 1 to end there.
    """
    shown = drawable(text, face)
    while width and shown and width_of(shown, face, size) > width:
        shown = shown[:-2].rstrip() + "…"
    anchor = {0: "start", 0.5: "middle", 1: "end"}[align]
    return String(x, y, shown, fontName=face, fontSize=size, fillColor=_INK, textAnchor=anchor)


def _bar(x: float, y: float, width: float, height: float, colour: Color) -> Rect:
    return Rect(x, y, width, height, fillColor=colour, strokeColor=_INK, strokeWidth=0.4)


def _legend(x: float, y: float, pairs: Sequence[tuple[Color, str]]) -> Iterable[_Shape]:
    for colour, word in pairs:
        yield _bar(x, y, 9, 9, colour)
        yield _text(x + 13, y + 1, word, 9.5)
        x += 13 + width_of(drawable(word, REGULAR), REGULAR, 9.5) + 16


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _field_bars(bars: Sequence[FieldBar], left: float, right: float) -> Iterable[_Shape]:
    """Yield one horizontal bar per field, scaled to its own total.

    A small field's share of late dossiers is thus as visible as a large one's. The counts are to the right.
    """
    y = _FORMAT.height - _TOP
    yield _text(left, y, "Hồ sơ đã giải quyết theo lĩnh vực: phần đúng hạn và phần quá hạn", 11.5, BOLD)
    yield from _legend(left, y - 18, ((_IN_TIME, "trước và đúng hạn"), (_LATE, "quá hạn")))
    names, values = 148.0, 142.0
    y -= 44
    shown = _merge_small_fields(bars)
    for bar in shown:
        yield _text(left, y + 3, bar.field, 10, width=names - 8)
        yield from _stacked_bar(bar, left + names, y, right - left - names - values)
        late = f", quá hạn {_number(bar.late)}" if bar.late else ""
        counts = f"đúng hạn {_number(bar.in_time)}{late}"
        yield _text(right - values + 8, y + 3, counts, 9.5, BOLD if late else REGULAR, width=values)
        y -= _ROW
    if not shown:
        yield _text(left, y + 3, "Kỳ này chưa giải quyết xong hồ sơ nào.", 10, ITALIC)


def _stacked_bar(bar: FieldBar, x: float, y: float, length: float) -> Iterable[_Shape]:
    """Yield one bar of width `length`; a single late dossier remains visible."""
    late = min(length, max(length * bar.late / (bar.in_time + bar.late), 3.0)) if bar.late else 0.0
    if late < length:
        yield _bar(x, y, length - late, 12, _IN_TIME)
    if late:
        yield _bar(x + length - late, y, late, 12, _LATE)


def _merge_small_fields(bars: Sequence[FieldBar]) -> list[FieldBar]:
    """Return at most `_MAX_FIELDS` bars; the last one merges the smallest."""
    resolved = [bar for bar in bars if bar.in_time + bar.late]
    if len(resolved) <= _MAX_FIELDS:
        return resolved
    rest = resolved[_MAX_FIELDS - 1 :]
    merged = FieldBar(f"{len(rest)} lĩnh vực khác", sum(b.in_time for b in rest), sum(b.late for b in rest))
    return [*resolved[: _MAX_FIELDS - 1], merged]


def _month_bars(months: Sequence[MonthBar], left: float, right: float) -> Iterable[_Shape]:
    """Yield two vertical bars per month with their values on top."""
    top = _FORMAT.height - _TOP
    yield _text(left, top, "Tiếp nhận và giải quyết theo tháng (hồ sơ)", 11.5, BOLD)
    kinds = (_RECEIVED, "tiếp nhận trong tháng"), (_RESOLVED, "đã giải quyết"), (_LATE, "vạch: cùng tháng năm trước")
    yield from _legend(left, top - 18, kinds)
    counts = [n for m in months for n in (m.received, m.resolved, m.received_before, m.resolved_before)]
    scale = (top - 56 - _FLOOR) / max(1, 1, *counts)
    yield Line(left, _FLOOR, right, _FLOOR, strokeColor=_LINE, strokeWidth=0.6)
    step = (right - left) / max(1, len(months))
    breadth = min(26.0, step * 0.36)
    for place, month in enumerate(months):
        centre = left + step * (place + 0.5)
        received = month.received, month.received_before, _RECEIVED, centre - breadth
        for count, before, colour, x in (received, (month.resolved, month.resolved_before, _RESOLVED, centre)):
            yield _bar(x, _FLOOR, breadth, count * scale, colour)
            if before:
                y = _FLOOR + before * scale
                yield Line(x - 2, y, x + breadth + 2, y, strokeColor=_LATE, strokeWidth=1.6)
            yield _text(x + breadth / 2, _FLOOR + count * scale + 3, _number(count), 9, align=0.5)
        yield _text(centre, _FLOOR - 13, month.name, 9.5, align=0.5)


def _ratios(sheet: ChartSheet) -> Iterable[_Shape]:
    y = _FORMAT.height - 86
    yield _text(_FORMAT.left, y, "Tỷ lệ đúng hạn: ba cách tính đang dùng", 11.5, BOLD)
    y -= 19
    for ratio in sheet.ratios:
        yield _text(_FORMAT.left + 56, y, ratio.value, 11, BOLD, align=1)
        yield _text(_FORMAT.left + 66, y, ratio.definition, 10, width=_FORMAT.measure - 66)
        y -= 16
    yield _text(_FORMAT.left, y - 2, sheet.sources, 9, ITALIC, width=_FORMAT.measure)
    yield Line(_FORMAT.left, y - 14, _FORMAT.right, y - 14, strokeColor=_LINE, strokeWidth=0.6)


def second_page(sheet: ChartSheet) -> Iterable[_Shape]:
    """Yield the ageing of open dossiers, and the heat of hours and weekdays."""
    middle = _FORMAT.left + _FORMAT.measure * 0.46
    if sheet.sample:
        place = {"fontName": BOLD, "fontSize": 170, "fillColor": _LIGHT_GREY, "textAnchor": "middle"}
        yield String(_FORMAT.width / 2, _FORMAT.height / 2 - 60, "MẪU", **place)
    yield _text(_FORMAT.left, _FORMAT.height - 40, sheet.office, 10)
    yield _text(_FORMAT.left, _FORMAT.height - 60, sheet.title, 15, BOLD)
    yield from _age_bars(sheet.ages, _FORMAT.left, middle - _GAP)
    yield from _heat(sheet.hours, middle, _FORMAT.right)


def _age_bars(bars: Sequence[AgeBar], left: float, right: float) -> Iterable[_Shape]:
    """Yield one horizontal bar per age, on a common scale."""
    y = _FORMAT.height - 100
    yield _text(left, y, words.AGES, 11.5, BOLD)
    names, values = 132.0, 46.0
    length = right - left - names - values
    most = max((bar.dossiers for bar in bars), default=0) or 1
    y -= 30
    for bar in bars:
        yield _text(left, y + 3, bar.name, 10, width=names - 8)
        if bar.dossiers:
            yield _bar(left + names, y, length * bar.dossiers / most, 14, _LATE if bar.late else _RECEIVED)
        yield _text(left + names + length * bar.dossiers / most + 6, y + 3, _number(bar.dossiers), 10)
        y -= 26
    if not bars:
        yield _text(left, y + 3, words.NO_OPEN, 10, ITALIC)


def _heat(cells: Sequence[HourCell], left: float, right: float) -> Iterable[_Shape]:
    """Yield a grid of weekdays and hours; darker is more, the count is inside."""
    y = _FORMAT.height - 100
    yield _text(left, y, words.HEAT, 11.5, BOLD)
    hours = sorted({cell.hour for cell in cells} | set(range(7, 18)))
    counts = {(cell.weekday, cell.hour): cell.dossiers for cell in cells}
    days = [day for day in range(7) if day < 5 or any(key[0] == day for key in counts)]
    most, wide, high = max(counts.values(), default=0) or 1, (right - left - 52) / len(hours), 30.0
    for place, hour in enumerate(hours):
        yield _text(left + 52 + wide * (place + 0.5), y - 26, f"{hour}h", 9, align=0.5)
    for line, day in enumerate(days):
        top = y - 34 - high * line
        yield _text(left, top - high / 2 - 3, words.WEEKDAYS[day], 10)
        for place, hour in enumerate(hours):
            count = counts.get((day, hour), 0)
            share = count / most
            colour = Color(1 - share * 0.96, 1 - share * 0.64, 1 - share * 0.32)
            yield _bar(left + 52 + wide * place, top - high, wide, high, colour)
            if count:
                ink = HexColor("#FFFFFF") if share > 0.6 else _INK
                text = _text(left + 52 + wide * (place + 0.5), top - high / 2 - 3, _number(count), 8.5, align=0.5)
                text.fillColor = ink
                yield text
