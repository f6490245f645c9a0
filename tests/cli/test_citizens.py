"""Commands about citizens: queue, ratings, feedback, scanner card."""

import json
from pathlib import Path
from zipfile import is_zipfile

from app.printing.readback import read_codes
from app.scanning.self_test import TEST_CODES
from tests.cli.conftest import Call
from tests.support.offices import Desk


def test_queue_numbers_are_issued_and_called(call_json: Call, tmp_path: Path) -> None:
    assert call_json("queue", "call").one["refused"]["code"] == "nobody_waits"
    ticket = call_json("queue", "take", "--service", "result", "--out", tmp_path / "so.pdf")
    assert ticket.one == {"number": 1, "service": "result", "before": 0}
    assert (tmp_path / "so.pdf").read_bytes().startswith(b"%PDF")
    assert call_json("queue", "take").one["before"] == 1
    assert [line["number"] for line in call_json("queue", "call").one["called"]] == [1]
    assert [line["number"] for line in call_json("queue", "call", "--again").one["called"]] == [1]
    assert [line["number"] for line in call_json("queue", "list").one["waiting"]] == [2]


def test_ticket_that_cannot_be_written_issues_no_number(call_json: Call, tmp_path: Path) -> None:
    assert call_json("queue", "take", "--out", tmp_path / "no" / "so.pdf").status == 1
    assert call_json("queue", "list").one["waiting"] == []


def test_queue_numbers_are_set_aside_and_transferred(call_json: Call, tmp_path: Path) -> None:
    for _ in range(3):
        call_json("queue", "take")
    call_json("queue", "call")
    assert [line["state"] for line in call_json("queue", "hold").one["aside"]] == ["held"]
    call_json("queue", "call", "--desk", "2")
    assert call_json("queue", "absent", "1").one["refused"]["code"] == "ticket_not_called"
    assert [line["number"] for line in call_json("queue", "absent", "2", "--desk", "2").one["aside"]] == [1, 2]
    moved = call_json("queue", "transfer", "1", "--note", "hỏi đất đai", "--to-desk", "4").one
    assert [(line["number"], line["to_desk"]) for line in moved["waiting"]] == [(1, 4), (3, None)]
    assert call_json("queue", "transfer", "--note", "đất", "--to-desk", "4").one["refused"]["code"] == "nobody_called"
    assert call_json("queue", "transfer", "1").status == 2
    assert call_json("queue", "call", "2").one["called"][0]["number"] == 2
    again = call_json("queue", "print", "3", "--paper", "A5", "--out", tmp_path / "again.pdf").one
    assert again == {"file": str(tmp_path / "again.pdf"), "number": 3, "reprint": 0}
    assert call_json("queue", "print", "9", "--out", tmp_path / "x.pdf").one["refused"]["code"] == "ticket_unknown"
    assert not (tmp_path / "x.pdf").exists()


def test_ratings_appear_in_report(call_json: Call, desk: Desk, tmp_path: Path) -> None:
    code = desk.take_in().code
    assert call_json("rate", code, "satisfied", "--points", "7=2", "3=1").one["points"] == {"3": 1, "7": 2}
    assert call_json("rate", code, "satisfied").one["refused"]["code"] == "rating_given"
    assert call_json("rate", code, "satisfied", "--points", "7").status == 2
    period = ("--from", "2026-02-01", "--to", "2026-02-28")
    for name in ("s.json", "s.xlsx"):
        report = call_json("report", "satisfaction", *period, "--out", tmp_path / name).one
    assert report["rated"] == 1
    assert report["period"] == {"from": "2026-02-01", "to": "2026-02-28"}
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8")) == report
    assert is_zipfile(tmp_path / "s.xlsx")
    assert call_json("report", "satisfaction", *period, "--out", tmp_path / "s.doc").status == 1


def test_points_options_add_up_and_refuse_duplicates(call_json: Call, desk: Desk) -> None:
    code = desk.take_in().code
    twice = call_json("rate", code, "satisfied", "--points", "3=2", "3=1").one["refused"]
    assert (twice["code"], twice["field"]) == ("rating_index_twice", "points")
    one_by_one = ("--points", "3=2", "--points", "4=1")
    assert call_json("rate", code, "satisfied", *one_by_one).one["points"] == {"3": 2, "4": 1}


def test_feedback_is_added_answered_and_reported(call_json: Call, tmp_path: Path) -> None:
    added = call_json("feedback", "add", "Chờ lâu", "--about", "conduct", "--due", "2026-02-12").one
    assert (added["number"], added["year"], added["late"]) == (1, 2026, False)
    assert call_json("feedback", "answer", "1", "Đã xin lỗi", "--content-after", "yes").one["content_after"] is True
    assert call_json("feedback", "answer", "2", "x").one["refused"]["code"] == "feedback_unknown"
    assert [line["content"] for line in call_json("feedback", "list").lines] == ["Chờ lâu"]
    report = call_json("report", "feedback", "--preset", "quarter", "--out", tmp_path / "f.xlsx").one
    assert (report["received"], report["answered_in_time"], report["ratio"]) == (1, 1, 100.0)
    assert is_zipfile(tmp_path / "f.xlsx")


def test_citizen_commands_print_text(call: Call, desk: Desk) -> None:
    office = ("--data", desk.folder, "--now", "2026-02-09T10:00")
    assert "Số 001: Nộp hồ sơ" in call(*office, "queue", "take").out
    assert "Mời số 001 đến quầy 1" in call(*office, "queue", "call").out
    assert "chờ trả lời" in call(*office, "feedback", "add", "Chờ lâu").out
    assert "Tỷ lệ hài lòng" in call(*office, "report", "satisfaction", "--preset", "month").out
    assert "Chưa trả lời" in call(*office, "report", "feedback", "--preset", "month").out


def test_scanner_card_holds_test_codes(call_json: Call, tmp_path: Path) -> None:
    assert call_json("scanner-card", "--out", tmp_path / "card.pdf").status == 0
    read = {
        text for page in read_codes((tmp_path / "card.pdf").read_bytes()) for text in (*page.barcodes, *page.qr_codes)
    }
    assert TEST_CODES[0].text in read
