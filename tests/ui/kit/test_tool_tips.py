"""Tool tips with typed text: markup is escaped.

Qt would otherwise render it and load its images.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

from app.ui.kit.columns import Column
from app.ui.kit.tables import RowsModel
from app.ui.kit.widgets import tooltip_text

HOSTILE = ("<img src='//other/share/a.png'>Nam", "<b>Nam</b>", "a < b && c > d", "<!-- <p> -->", "Ấm\n<i>hai dòng</i>")
UI = Path(__file__).resolve().parents[3] / "app" / "ui"


@dataclass(frozen=True)
class Row:
    name: str


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_tool_tips_is_escaped(translated_app: Any, text: str) -> None:
    model = RowsModel([Column("Tên", lambda row: row.name)])
    model.show_rows([Row(text)])
    document = QTextDocument()
    document.setHtml(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    assert document.toPlainText() == text and "<img" not in tooltip_text(text)
    assert model.data(model.index(0, 0)) == text


def test_plain_text_is_not_escaped() -> None:
    assert tooltip_text("Nguyễn Thị Ẫm & con") == "Nguyễn Thị Ẫm & con"


def test_tool_tips_are_escaped_everywhere() -> None:
    calls = [
        f"{file.name}: {line.strip()}"
        for file in sorted(UI.rglob("*.py"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if "setToolTip(" in line
    ]
    assert calls
    assert [call for call in calls if re.search(r"setToolTip\((?!tooltip_text\(|\")", call)] == []
