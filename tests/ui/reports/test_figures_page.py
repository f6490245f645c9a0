"""Report 06a page: period, checks and export."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from app.models.figures import Mismatch
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk, figures

WaitUntilIdle = Callable[[Any], None]


def open_page(window: MainWindow, page: str, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page(page)
    wait_until_idle(window.runner)


def test_report_of_period_shows_checks(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> None:
    open_page(window, "reports", wait_until_idle)
    (query,) = desk.queries_of("Report06a")
    assert (query.from_day, query.to_day) == (date(2026, 2, 15), date(2026, 3, 14))
    assert [row.field for row in window.reports.model.rows][-1] == "Cộng"
    assert "đều khớp" in window.reports.checks.text()
    desk.answers["Report06a"] = lambda q: figures(q).__class__(
        q.from_day, q.to_day, figures(q).rows, figures(q).total, (Mismatch("received", "Hộ tịch", 207, 206),)
    )
    window.reports.preset.setCurrentIndex(1)
    wait_until_idle(window.runner)
    assert "Hộ tịch" in window.reports.checks.text() and "207" in window.reports.checks.text()


def test_report_is_written_to_file(window: MainWindow, wait_until_idle: WaitUntilIdle, tmp_path: Path) -> None:
    open_page(window, "reports", wait_until_idle)
    window.reports.write(tmp_path / "bieu.json")
    wait_until_idle(window.runner)
    assert json.loads((tmp_path / "bieu.json").read_text("utf-8"))["total"]["received"] == 1560
    window.reports.write(tmp_path / "không có" / "bieu.json")
    wait_until_idle(window.runner)
    assert "chọn thư mục khác" in window.banner.text
