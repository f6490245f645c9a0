"""Charts of a period: figures, ratios with definitions, one page."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.errors import Refusal
from app.models.figures import FigureRow, on_time_ratios
from app.printing.charts import ChartSheet, FieldBar, MonthBar, RatioText, chart_sheet
from app.usecases.reporting.charts import ChartReport, Charts, chart_report
from app.wording.figures import ratio_definition, ratio_value
from tests.support.offices import LONG_AFTER, Desk, at
from tests.support.pdf_reading import pages

PERIOD = (date(2025, 12, 15), date(2026, 3, 14))


def drawn(desk: Desk, first: date = PERIOD[0], last: date = PERIOD[1], hour: Any = LONG_AFTER) -> Charts:
    charts: Charts = desk.office.read(chart_report, ChartReport(first, last), hour)
    return charts


def pdf_text(pdf: bytes) -> str:
    drawn = pages(pdf)
    assert len(drawn) == 2
    return " ".join(" ".join(page.text.split()) for page in drawn)


def test_charts_show_the_figures_of_the_table(desk: Desk) -> None:
    early, late = desk.take_in(at("2026-02-02T08:00")).code, desk.take_in(at("2026-02-02T08:00")).code
    desk.take_in(at("2026-03-02T08:00"))
    desk.act(early, "finish", at("2026-02-03T08:00"))
    desk.act(late, "finish", at("2026-03-02T08:00"))
    charts = drawn(desk)
    assert charts.sheet.fields == (FieldBar("Chứng thực", 1, 1),)
    months = {month.name: (month.received, month.resolved) for month in charts.sheet.months}
    assert months["02/2026"] == (2, 1) and months["03/2026"] == (1, 1) and len(months) == 6
    assert [ratio.value for ratio in charts.sheet.ratios] == ["50,00 %", "33,33 %", "33,33 %"]
    text = pdf_text(charts.pdf)
    for text in ("15/12/2025 đến 14/03/2026", "đúng hạn 1, quá hạn 1", "1 ÷ 2", "1 ÷ 3", "Điều 30.2.c", "MẪU"):
        assert text in text
    assert drawn(desk).pdf == charts.pdf


def test_second_page_has_ages_and_hours(desk: Desk) -> None:
    desk.take_in(at("2026-02-02T08:30"))
    desk.take_in(at("2026-02-03T14:10"), term={"unit": "unknown"})
    waiting = desk.take_in(at("2026-02-02T08:40")).code
    desk.act(waiting, "ask-supplement", at("2026-02-03T08:00"), note="Thiếu đơn")
    sheet = drawn(desk, hour=at("2026-02-05T08:00")).sheet
    assert [(bar.name, bar.dossiers) for bar in sheet.ages] == [
        ("Còn 1–5 ngày", 1),
        ("Chờ bổ sung, chờ nộp tiền", 1),
        ("Không có hạn", 1),
    ]
    assert {(cell.weekday, cell.hour, cell.dossiers) for cell in sheet.hours} == {(0, 8, 2), (1, 14, 1)}


def test_months_have_the_year_before(desk: Desk) -> None:
    desk.take_in(at("2026-02-02T08:30"))
    (month,) = [each for each in drawn(desk, date(2027, 1, 15), date(2027, 2, 14)).sheet.months if each.received_before]
    assert (month.name, month.received, month.received_before) == ("02/2027", 0, 1)


def test_charts_of_an_empty_period_state_it(desk: Desk) -> None:
    charts = drawn(desk)
    assert "chưa giải quyết xong hồ sơ nào" in pdf_text(charts.pdf)
    assert [ratio.value for ratio in charts.sheet.ratios] == ["–", "–", "–"]
    with pytest.raises(Refusal) as caught:
        drawn(desk, PERIOD[1], PERIOD[0])
    assert caught.value.code == "period_reversed"


def test_first_year_of_the_calendar_has_fewer_months(desk: Desk) -> None:
    assert drawn(desk, date(1, 1, 1), date(1, 2, 20)).sheet.months


def test_ratio_is_never_rounded_up() -> None:
    assert ratio_value(99_999, 100_000) == "99,99 %"
    assert ratio_value(5, 5) == "100,00 %"


def test_three_ratio_definitions_differ() -> None:
    row = FigureRow("x", 100, 10, 80, 10, 60, 20, 30, 10, 40, 35, 5, 0, 0)
    ratios = on_time_ratios(row)
    assert [(ratio.part, ratio.whole) for ratio in ratios] == [(50, 60), (85, 100), (50, 100)]
    assert len({ratio_definition(ratio.definition, 50, 100) for ratio in ratios}) == 3


def test_many_fields_share_the_last_line() -> None:
    fields = tuple(FieldBar(f"Lĩnh vực {n}", 40 - n, 1) for n in range(30))
    text = pdf_text(chart_sheet(ChartSheet("UBND", "Kỳ", fields, (), (), "")))
    assert "17 lĩnh vực khác" in text and "đúng hạn 323, quá hạn 17" in text


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=90), st.integers(0, 10**7), st.integers(0, 10**7)), max_size=40),
    st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), max_size=6),
)
def test_any_figures_fit_on_two_pages(fields: list[tuple[str, int, int]], months: list[tuple[int, int]]) -> None:
    sheet = ChartSheet(
        "UBND xã Thử",
        "Kết quả",
        tuple(FieldBar(*field) for field in fields),
        tuple(MonthBar(f"{n}", *month) for n, month in enumerate(months)),
        (RatioText("–", "x ÷ y"),),
        "",
    )
    assert len(pages(chart_sheet(sheet))) == 2
