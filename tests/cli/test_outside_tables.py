"""Every command that takes a table reads the files of any program."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.support.foreign_files import in_cp1258, xlsx
from tests.support.offices import SAME_DAY, intake_line

Rows = Sequence[Sequence[Any]]
CALENDAR: Rows = (
    ("date", "kind", "hours", "decision"),
    (date(2026, 4, 27), "off", "", "Quyết định số 1, nghỉ\nGiỗ Tổ"),
    (date(2026, 5, 9), "work", "", "Thông báo số 2; làm bù"),
)
CATALOGUE: Rows = (
    ("code", "name", "field", "limit", "unit", "valid_from"),
    ("9.999999", "Thủ tục mới, thử\nnghiệm; một", "Hộ tịch", "5", "working_day", date(2026, 3, 2)),
)
REGISTER: Rows = (
    ("Số hồ sơ", "Ngày tiếp nhận", "Tên thủ tục", "Họ và tên", "Điện thoại", "Ghi chú"),
    ("CU-1", date(2026, 1, 12), SAME_DAY, "Nguyễn Thị Mận", "0905123456", "một; hai, ba\nbốn"),
)
LATE: Rows = (
    ("Mã hồ sơ", "Thủ tục", "Ngày hẹn trả"),
    ("H29.12-260109-0001", "Đăng ký khai sinh; tử, hộ\ntịch", date(2026, 1, 12)),
)
FIGURES: Rows = (
    (
        *("field", "received", "received_online", "received_direct_post", "carried_over", "resolved"),
        *("resolved_early", "resolved_on_time", "resolved_late", "pending", "pending_in_time", "pending_late"),
    ),
    ("Hộ tịch; chứng\nthực, thử", "12", "1", "10", "1", "10", "3", "6", "1", "2", "2", "0"),
    ("Tổng cộng", "13", "1", "10", "1", "10", "3", "6", "1", "2", "2", "0"),
)
COMMANDS: dict[str, tuple[tuple[str, ...], Rows]] = {
    "calendar": (("calendar", "import"), CALENDAR),
    "catalogue": (("catalogue", "import"), CATALOGUE),
    "import": (("import",), REGISTER),
    "false-late": (("false-late",), LATE),
    "reconcile": (("reconcile",), FIGURES),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_heading_without_rows_is_refused(name: str, call_json: Call, desk: Any, tmp_path: Path) -> None:
    """An export of nothing is not answered as if it had been checked."""
    words, rows = COMMANDS[name]
    file = tmp_path / "bang.csv"
    file.write_text(text_of(rows[:1], ";"), encoding="utf-8")
    options = ("--out", tmp_path / "ket-qua.xlsx") if name == "false-late" else ()
    before = desk.contents()
    result = call_json(*words, file, *options)
    assert result.status == 1 and "không có dòng" in result.one["refused"]["message"]
    assert desk.contents() == before and list(tmp_path.iterdir()) == [file]


def text_of(rows: Rows, separator: str, day: str = "%d/%m/%Y", end: str = "\r\n") -> str:
    """Return delimited text; cells with a separator or a line end are quoted."""
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=separator, lineterminator=end)
    table.writerows([[cell.strftime(day) if isinstance(cell, date) else cell for cell in row] for row in rows])
    return out.getvalue()


def with_serials(rows: Rows) -> Rows:
    """Return the rows with days as the numbers of Excel."""
    zero = date(1899, 12, 30)
    return [[(cell - zero).days if isinstance(cell, date) else cell for cell in row] for row in rows]


FILES: dict[str, Callable[[Rows], bytes]] = {
    "sep": lambda rows: b"\xef\xbb\xbfsep=,\r\n" + text_of(rows, ",").encode(),
    "utf-16": lambda rows: text_of(rows, "\t", "%Y-%m-%d", "\n").encode("utf-16"),
    "utf-16-be": lambda rows: b"\xfe\xff" + f"sep=;\r\n{text_of(rows, ';')}".encode("utf-16-be"),
    "cp1258": lambda rows: in_cp1258(text_of(rows, ";", "%d.%m.%Y")),
    "typed days": lambda rows: text_of(rows, ",", "%d%m%Y").encode(),
    "workbook serials": lambda rows: xlsx(with_serials(rows)),
}
"""Shapes that differ in more than one way; `tests/sheets/test_reading.py` has each alone."""


@pytest.fixture
def answer(call_json: Call, tmp_path: Path) -> Callable[[str, bytes], Any]:
    """Answer of a command to the content of a file."""

    def run(name: str, content: bytes) -> Any:
        words, _rows = COMMANDS[name]
        file = tmp_path / "bang.dat"
        file.write_bytes(content)
        more = ["--out", tmp_path / "giai-trinh.xlsx"] if name == "false-late" else []
        return call_json(*words, file, *more).one

    return run


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("kind", FILES)
def test_table_of_any_program(answer: Callable[[str, bytes], Any], call_json: Call, name: str, kind: str) -> None:
    result = answer(name, FILES[kind](COMMANDS[name][1]))
    if name == "calendar":
        assert result == {"applied": 2, "affected": []}
        lines = call_json("calendar", "list", "--year", "2026").lines
        known = [(line["date"], line["kind"], line["decision"]) for line in lines]
        assert ("2026-04-27", "off", "Quyết định số 1, nghỉ Giỗ Tổ") in known
        assert ("2026-05-09", "work", "Thông báo số 2; làm bù") in known
    elif name == "catalogue":
        assert result == {"new": 1, "changed": 0, "unchanged": 0, "refused": []}
        (line,) = call_json("catalogue", "list", "9.999999", now="2026-03-02T08:00").lines
        assert line["name"] == "Thủ tục mới, thử nghiệm; một"
    elif name == "import":
        assert result == {"imported": 1, "already": 0, "refused": []}
        shown = call_json("show", "CU-1").one
        assert shown["received_at"].startswith("2026-01-12") and shown["applicant"]["phone"] == "0905123456"
        assert shown["applicant"]["name"] == "Nguyễn Thị Mận"
    elif name == "false-late":
        assert (result["rows"], result["unknown"]) == (1, 1)
    else:
        assert result["rows"] == 1 and result["checks"]


NO_TABLES: dict[str, tuple[bytes, set[str]]] = {
    "empty": (b"", {"table_empty", "catalogue_columns"}),
    "blank": (b"\xef\xbb\xbf\r\n\r\n", {"table_empty", "catalogue_columns"}),
    "empty workbook": (xlsx([]), {"table_empty", "catalogue_columns"}),
    "binary": (b"\x00\x01\x02\x03" * 50, {"table_binary", "table_encoding"}),
    "pdf": (b"%PDF-1.7\n", {"table_kind"}),
    "formula": (b"a,b\r\n=HYPERLINK(1),2\r\n", {"table_formula"}),
    "wide": (b"," * 30_000, {"table_too_wide"}),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", {"table_old_excel"}),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_file_that_is_no_table_is_refused_in_words(answer: Callable[[str, bytes], Any], desk: Any, name: str) -> None:
    before = desk.contents()
    for kind, (content, codes) in NO_TABLES.items():
        refused = answer(name, content)["refused"]
        assert refused["code"] in codes and refused["message"].endswith("."), kind
    assert desk.contents() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_intake_lines_of_any_encoding(call_json: Call, tmp_path: Path, encoding: str) -> None:
    text = "\r\n".join(json.dumps(intake_line(request_id=each), ensure_ascii=False) for each in "abc") + "\r\n"
    file = tmp_path / "tiep-nhan.jsonl"
    file.write_bytes((b"\xfe\xff" if encoding == "utf-16-be" else b"") + text.encode(encoding))
    lines = call_json("intake", file).lines
    assert [line.get("status") for line in lines] == ["received"] * 3
    assert call_json("show", lines[2]["code"]).one["applicant"]["name"] == "Đào Thị Ẫm"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_scans_of_a_tray_of_any_encoding(call_json: Call, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "khay.txt"
    file.write_bytes((b"\xfe\xff" if encoding == "utf-16-be" else b"") + "KHÔNG-CÓ-1\r\nlạ\r\n".encode(encoding))
    count = call_json("tray", file).one
    assert "KHÔNG-CÓ-1" in json.dumps(count, ensure_ascii=False) and "lạ" in json.dumps(count, ensure_ascii=False)
