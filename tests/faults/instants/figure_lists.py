"""Figures of a report that open their dossiers."""

from collections.abc import Iterator
from itertools import product

from app.printing.documents.report import UNLISTED, Report
from app.ui.reports.figure_query import figure_query, shown_sections
from app.usecases.reporting.dossier_lists import ListFigure


def listed_figures(report: Report) -> Iterator[tuple[ListFigure, int]]:
    """Yield the query of each figure that a click on F5 opens, and its value."""
    for section in shown_sections(report):
        rows = [*section.rows, *([section.total] if section.total else [])]
        for row, column in product([row for row in rows if UNLISTED not in row], section.columns):
            is_opened = column.key == "value" and row.get("key") in section.opened
            if (column.listed or is_opened) and not (row.get("code") and row in section.rows):
                query = figure_query(report, section, column, row, None)
                yield query, int(row[column.key] or 0)
