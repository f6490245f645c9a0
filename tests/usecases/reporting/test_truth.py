"""Figures that can be proved: events, cached state, past instants, lists.

Story S12 at a small size; `python -m tests.faults.figures` runs it with 100,000 dossiers.
"""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from app.models.enums import Action, FigureColumn, FigureGroup
from app.models.errors import Refusal
from app.models.figures import COLUMNS
from app.models.instants import local_day
from app.services.reporting.query import ReportQuery
from app.storage.reporting.figures import LEAF_COLUMNS
from app.usecases.reporting.dossier_lists import ListFigure, list_figure
from app.usecases.reporting.frozen import (
    FreezeReport,
    FrozenChangesFile,
    ListFrozen,
    ShowFrozen,
    freeze_report,
    frozen_changes_file,
    frozen_file,
    list_frozen_reports,
)
from app.usecases.reporting.tables import make_report
from tests.faults.figures import check_figures
from tests.faults.histories import LAST_ENTRY, PERIODS, generate, journal_rows, recount
from tests.support.offices import Desk, at
from tests.support.pdf_reading import pages

QUARTER = date(2026, 3, 15), date(2026, 6, 14)
MONDAY, DUE = at("2026-03-16T08:00"), at("2026-03-23T08:00")


def test_the_report_accuses_no_innocent(desk: Desk) -> None:
    acts = generate(desk, 1_200)
    assert set(acts) >= {action.value for action in Action} - {"undo", "restate"}
    result = check_figures(desk)
    assert result["differences"] == 0 and result["broken_identities"] == 0 and result["reports"] > 20
    assert desk.check(LAST_ENTRY).findings == ()


def test_figures_of_a_past_instant_are_made_again(desk: Desk) -> None:
    first = desk.take_in(MONDAY).code
    second = desk.take_in(MONDAY, channel="online").code
    desk.act(first, "ask-supplement", DUE, note="Thiếu giấy")
    then = DUE + timedelta(hours=1)
    shown = {group: desk_figures(desk, group, then) for group in FigureGroup}
    desk.act(first, "supplement", DUE + timedelta(days=2))
    desk.act(first, "finish", DUE + timedelta(days=3))
    desk.act(second, "finish", DUE + timedelta(days=3))
    desk.take_in(DUE + timedelta(days=3))
    for group, before in shown.items():
        assert desk_figures(desk, group, at("2026-07-01T08:00"), as_of=then) == before
        assert desk_figures(desk, group, at("2026-07-01T08:00")) != before


def desk_figures(desk: Desk, group: str, now: Any, as_of: Any = None) -> Any:
    query = ReportQuery("06a", *QUARTER, group=FigureGroup(group), as_of=as_of)
    return desk.office.read(make_report, query, now).answer


def test_each_dossier_is_listed_once_with_its_column(desk: Desk) -> None:
    generate(desk, 400, seed=5)
    for first, last in PERIODS[:2]:
        total = desk.report(first, last, LAST_ENTRY).total
        everything = desk.office.read(list_figure, ListFigure("received", first, last), LAST_ENTRY)
        assert len({line.code for line in everything}) == len(everything) == total.received > 0
        leaves = Counter(line.column for line in everything)
        assert leaves == {column: n for column in LEAF_COLUMNS if (n := getattr(total, column))}
        for column in COLUMNS:
            listed = desk.office.read(list_figure, ListFigure(column, first, last), LAST_ENTRY)
            assert len(listed) == getattr(total, column), column
            days = [local_day(line.received_at) for line in listed]
            assert days == sorted(days, reverse=True)


def test_list_of_one_row_and_as_of(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    desk.take_in(MONDAY, procedure="1.001193")
    desk.act(code, "finish", DUE)
    field = desk.report(*QUARTER, LAST_ENTRY).rows[0].field
    one = ListFigure("received", *QUARTER, group=FigureGroup.FIELD, value=field)
    assert len(desk.office.read(list_figure, one, LAST_ENTRY)) == 1
    before = ListFigure("pending", *QUARTER, as_of=DUE - timedelta(hours=1))
    assert len(desk.office.read(list_figure, before, LAST_ENTRY)) == 2
    with pytest.raises(Refusal):
        desk.office.read(list_figure, ListFigure("all", *QUARTER), LAST_ENTRY)
    assert set(FigureColumn) >= set(COLUMNS)


def test_a_report_that_was_handed_over_stays_as_it_was(desk: Desk) -> None:
    code = desk.take_in(MONDAY).code
    command = FreezeReport(ReportQuery("06a", *QUARTER), ".xlsx", "quy-2.xlsx")
    frozen = desk.office.write(freeze_report, command, at("2026-06-15T08:00"))
    [line] = desk.office.read(list_frozen_reports, ListFrozen(), at("2026-06-15T09:00"))
    assert (line.id, line.sha256, line.file, line.differences) == (frozen.id, frozen.sha256, "quy-2.xlsx", ())
    desk.act(code, "finish", at("2026-06-10T08:00"))
    [line] = desk.office.read(list_frozen_reports, ListFrozen(frozen.id), at("2026-06-16T08:00"))
    changed = {(each.table, each.column): (each.frozen, each.now) for each in line.differences}
    assert changed["rows", "resolved"] == (0, 1) and changed["total", "pending"] == (1, 0)
    again = desk.office.read(frozen_file, ShowFrozen(frozen.id), at("2026-06-16T08:00"))
    assert again.content == frozen.content and again.sha256 == frozen.sha256
    with pytest.raises(Refusal):
        desk.office.read(frozen_file, ShowFrozen(99), DUE)
    with pytest.raises(Refusal) as refused:
        desk.office.read(frozen_file, ShowFrozen(frozen.id, ".json"), DUE)
    assert refused.value.code == "frozen_ending"
    for only in (None, frozen.id):
        content = desk.office.read(frozen_changes_file, FrozenChangesFile(".json", only), at("2026-06-16T08:00"))
        rows = json.loads(content)["rows"]
        assert len(rows) == len(line.differences) and all(row["frozen"] != row["now"] for row in rows)
    text = pages(desk.office.read(frozen_changes_file, FrozenChangesFile(".pdf"), at("2026-06-16T08:00")))[0].text
    assert "Bản số 1: Biểu II.06a theo lĩnh vực" in " ".join(text.split()) and "THỦ TRƯỞNG" in text


def test_recount_knows_a_history(desk: Desk) -> None:
    code = desk.take_in(MONDAY, term={"limit": 1, "unit": "working_day"}).code
    desk.act(code, "finish", DUE)
    [counted] = recount(journal_rows(desk), *QUARTER, QUARTER[1]).values()
    assert counted == {"received": 1, "received_direct_post": 1, "resolved": 1, "resolved_late": 1}
