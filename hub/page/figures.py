"""Biểu II.06a of the province: any period, by field or office, and lists."""

from datetime import date, datetime

from hub.page.site import Download, Html, Reply, Visit
from hub.page.words import COLUMNS, day
from hub.reports.figures_06a import AGENCY, FIELD, Table06a, figures_06a, preset_period
from hub.reports.workbook import FOLDED, workbook_06a
from hub.storage import figures, senders

PRESETS = (("week", "Tuần này"), ("month", "Tháng này"), ("quarter", "Quý này"), ("year", "Năm nay"))
HEADING = "Biểu II.06a/VPCP/KSTT"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAX_LINES = 1000


def report(visit: Visit) -> Reply:
    """Show the table; each figure leads to its dossiers."""
    table = _table(visit)
    names = senders.agency_names(visit.connection)
    values = {
        "title": "Biểu 06a của tỉnh",
        "table": table,
        "by": table.by,
        "agency": visit.query.get("agency", ""),
        "agencies": sorted(names.items()),
        "presets": PRESETS,
        "names": names,
        "folded": FOLDED,
        "chosen_preset": visit.query.get("preset", ""),
    }
    return Html("figures.html", values)


def workbook(visit: Visit) -> Reply:
    """Return the table as an Excel workbook."""
    table, agency = _table(visit), visit.query.get("agency", "")
    heading = f"{HEADING} · {agency}" if agency else HEADING
    name = f"06a-{table.first:%Y%m%d}-{table.last:%Y%m%d}.xlsx"
    return Download(workbook_06a(table, heading, senders.agency_names(visit.connection)), name, _XLSX)


def behind(visit: Visit) -> Reply:
    """Show the dossiers that a figure counts."""
    table, column = _table(visit), visit.query.get("column", "received")
    column = column if column in COLUMNS else "received"
    group = visit.query.get("group", "")
    agency, field = visit.query.get("agency", "") or None, None
    if group and table.by == AGENCY:
        agency = group
    elif group:
        field = group
    query = figures.BehindQuery(table.first, table.last, visit.now.date(), column, agency, field)
    rows = figures.behind(visit.connection, query, _MAX_LINES + 1)
    values = {
        "title": f"{COLUMNS[column]}: {group or agency or 'cả tỉnh'}",
        "rows": rows[:_MAX_LINES],
        "more": len(rows) > _MAX_LINES,
        "period": f"từ {day(table.first)} đến {day(table.last)}",
    }
    return Html("behind.html", values)


def _table(visit: Visit) -> Table06a:
    first, last = _period(visit)
    by = AGENCY if visit.query.get("by") == AGENCY else FIELD
    agency = visit.query.get("agency", "")[:40] or None
    return figures_06a(visit.connection, first, last, visit.now.date(), agency=agency, by=by)


def _period(visit: Visit) -> tuple[date, date]:
    """Return the period of the query; without one the running quarter."""
    preset = visit.query.get("preset", "")
    first, last = _day(visit.query.get("from", "")), _day(visit.query.get("to", ""))
    if preset or first is None or last is None:
        return preset_period(preset or "quarter", visit.now.date())
    return first, last


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
