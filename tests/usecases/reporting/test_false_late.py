"""The list of late dossiers of another system, line by line."""

import io
from typing import Any
from zipfile import ZipFile

import pytest

from app.models.errors import Refusal
from app.sheets.reading import read_sheet
from app.usecases.reporting.false_late import AnswerLateList, LateAnswer, answer_late_list
from app.wording.imports import false_late as late_words
from tests.support.foreign_files import xlsx
from tests.support.offices import MORNING, Desk, at

NOW = at("2026-03-16T08:00")
TERM = {"limit": 3, "unit": "working_day"}
HEAD = ["STT", "Mã hồ sơ", "Tên TTHC", "Ngày hẹn trả", "Trạng thái"]


@pytest.fixture
def codes(desk: Desk) -> dict[str, str]:
    """Return the codes of one dossier of each kind."""
    codes = {
        name: desk.take_in(MORNING, alias=f"DVC-{name}", term=TERM).code
        for name in ("done", "late", "open", "waiting", "withdrawn", "moved", "fresh")
    }
    day = at("2026-02-11T09:00")
    desk.act(codes["done"], "finish", day)
    desk.act(codes["late"], "finish", at("2026-03-10T09:00"))
    desk.act(codes["waiting"], "ask-supplement", day, note="Thiếu giấy")
    desk.act(codes["withdrawn"], "withdraw", day)
    desk.act(codes["moved"], "ask-supplement", day, note="Thiếu giấy")
    desk.act(codes["moved"], "supplement", at("2026-03-02T09:00"))
    desk.act(codes["moved"], "finish", at("2026-03-04T09:00"))
    codes["fresh"] = desk.take_in(at("2026-03-13T09:00"), term=TERM).code
    return codes


def answer(desk: Desk, rows: list[list[Any]], ending: str = ".xlsx", map_text: str = "") -> LateAnswer:
    query = AnswerLateList(xlsx(rows), "tre-han.xlsx", ending, map_text)
    return desk.office.read(answer_late_list, query, NOW)


def test_each_line_has_its_verdict(desk: Desk, codes: dict[str, str]) -> None:
    listed = [*codes.values(), "H29.12-990101-0001", ""]
    rows = [HEAD, *([n, code, "Việc", "24/02/2026", "Trễ hạn"] for n, code in enumerate(listed, 1))]
    result = answer(desk, rows)
    verdicts = [line.verdict.value for line in result.lines]
    assert verdicts == [
        *("lag", "late", "late", "status_missing", "status_missing", "status_missing", "status_missing"),
        *("unknown", "unknown"),
    ]
    assert (result.rows, result.late, result.lag, result.status_missing, result.unknown) == (9, 2, 1, 4, 2)
    reasons = [line.reason for line in result.lines]
    assert reasons == [
        *("done", "late_done", "late_open", "waits_supplement_asked", "ended_withdrawn", "due_changed", "not_due"),
        *("unknown", "unknown"),
    ]
    assert result.lines[0].at == at("2026-02-11T09:00") and result.lines[0].row == 2


def test_every_spelling_of_a_code_is_matched(desk: Desk, codes: dict[str, str]) -> None:
    own = codes["done"]
    key = desk.show(own, NOW).key
    spellings = ["DVC-done", "dvc done", own.lower(), own.replace("H29.12", "000.00.12.H29"), key]
    result = answer(desk, [["Mã số hồ sơ"], *([text] for text in spellings)])
    assert (result.rows, result.lag) == (5, 5)
    assert {line.own_code for line in result.lines} == {own}


def test_columns_by_the_map(desk: Desk, codes: dict[str, str]) -> None:
    result = answer(desk, [["A1", "B1"], ["x", codes["late"]]], map_text='code = "B1"')
    assert (result.rows, result.late) == (1, 1)
    with pytest.raises(Refusal) as refused:
        answer(desk, [["Họ tên", "Ghi chú"], ["An", "x"]])
    assert refused.value.code in ("late_codes", "import_headings")
    with pytest.raises(Refusal) as refused:
        answer(desk, [HEAD, [1, codes["late"], "", "", ""]], ending=".txt")
    assert refused.value.code == "report_format"


def test_table_and_letter_name_instants_and_reasons(desk: Desk, codes: dict[str, str]) -> None:
    rows = [HEAD, [1, codes["done"], "Việc", "24/02/2026", ""], [2, "LẠ-1", "Việc", "", ""]]
    sheet = read_sheet(answer(desk, rows).file, "a.xlsx")
    texts = {str(cell) for row in sheet.rows for cell in row if cell is not None}
    assert any("09:00 ngày 11/02/2026" in text for text in texts) and "Đồng bộ chậm" in texts
    with ZipFile(io.BytesIO(answer(desk, rows, ".docx").file)) as word:
        document = word.read("word/document.xml").decode()
    assert "Kính gửi: UBND tỉnh Thử" in document and "LẠ-1" in document and "09:00 ngày 11/02/2026" in document
    assert answer(desk, rows, ".pdf").file.startswith(b"%PDF")


def test_another_due_day_in_the_list_is_no_supplement(desk: Desk, codes: dict[str, str]) -> None:
    [line] = answer(desk, [HEAD, [1, codes["done"], "Việc", "10/02/2026", "Trễ hạn"]]).lines
    assert (line.verdict.value, line.reason) == ("status_missing", "due_differs")
    text = late_words.reason(line.reason, line.at, line.due_at, line.due_there)
    assert "bổ sung" not in text and "10/02/2026" in text
