"""Command `numbers`, and option `--head` of `check`."""

from typing import Any

from tests.support.offices import intake_line

WHY = "Máy phụ đã cấp đến số 41"


def test_numbers_repair_sets_next_number(call_json: Any, lines_file: Any) -> None:
    call_json("intake", lines_file(intake_line()))
    status = call_json("numbers", "status").one
    assert status == {
        "day": "2026-02-09", "desk": 1, "given": 1, "highest": 1, "least": 2, "most": 4600, "repairs": []
    }  # fmt: skip
    repaired = call_json("numbers", "repair", "--day", "2026-02-09", "--next", "42", "--reason", WHY).one
    assert (repaired["given"], repaired["repairs"][0]["reason"]) == (41, WHY)
    again = call_json("numbers", "repair", "--day", "2026-02-09", "--next", "42", "--reason", WHY)
    assert again.status == 1 and again.one["refused"]["code"] == "number_already_next"
    assert call_json("numbers", "repair", "--day", "2026-02-09").status == 2
    assert call_json("intake", lines_file(intake_line())).one["code"] == "H29.12-260209-0042"
    assert call_json("check").one["ok"] is True
    assert call_json("check", "--head", "1-9-00000000").one["findings"][0]["code"] == "head_missing"
    assert call_json("check", "--head", "x").one["refused"]["code"] == "head_shape"


def test_numbers_status_as_text(call: Any, desk: Any) -> None:
    office = ("--data", desk.folder, "--now", "2026-02-09T10:00", "numbers")
    call(*office, "repair", "--day", "2026-02-09", "--next", "5", "--reason", WHY)
    result = call(*office, "status")
    assert (
        "đã cấp tới số 4" in result.out
        and "số kế tiếp từ 1 thành 5" in result.out
        and WHY in " ".join(result.out.split())
    )
