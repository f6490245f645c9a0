"""Changes of the office file made in the window."""

import os
from pathlib import Path

import pytest

from app.models.errors import Fault, Refusal
from app.services.office_file import edited_office
from app.usecases.accounts.access_log import ListAccess, list_access
from app.usecases.office.paper_preview import PreviewOfficePaper, preview_office_paper
from app.wording.refusals import error_sentence
from tests.support.offices import ADMIN, desk_session

_TEXT = """# Tệp của xã, sửa ngày 01/07/2025
name = "UBND xã Thử Nghiệm"  # như con dấu
parent = "UBND tỉnh Thử"
province = "Thử"
agency_code = "H29.12"
workstation = 1
phone = '0236 000 000'
head = "Lê Văn Chủ"
unheard_of = 3
quarter_starts = "ba mươi"

[hours]
mon = ["07:30-11:30", "13:30-17:00"]  # sáng, chiều
fri = ["07:30-11:30"]
"""


def test_comments_and_other_lines_stay() -> None:
    office, text = edited_office(
        _TEXT,
        {"phone": '0905 "trực"', "signer": "Đỗ Văn Ký", "hours": {"fri": ("08:00-11:00",), "sat": ("08:00-10:00",)}},
    )
    assert (office.phone, office.signer) == ('0905 "trực"', "Đỗ Văn Ký")
    assert office.hours["fri"] == ("08:00-11:00",) and office.hours["sat"] == ("08:00-10:00",)
    unchanged = [line for line in _TEXT.splitlines() if not line.startswith(("phone", "fri"))]
    assert [line for line in unchanged if line not in text.splitlines()] == []


def test_file_without_hours_gets_a_table() -> None:
    office, text = edited_office(_TEXT.partition("[hours]")[0], {"hours": {"wed": ("08:00-10:00",)}})
    assert office.hours == {"wed": ("08:00-10:00",)} and "[hours]" in text


def test_empty_value_removes_its_line() -> None:
    office, text = edited_office(_TEXT.replace("head =", 'signer = "Phó"\nhead ='), {"signer": "", "phone": ""})
    assert office.signer == "Lê Văn Chủ" and "phone" not in text


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"name": ""}, "office_file_missing", "name"),
        ({"due_time": "năm giờ"}, "office_file_wrong", "due_time"),
        ({"tax_code": "12"}, "office_file_wrong", "tax_code"),
        ({"hours": {"mon": ("11:00-08:00",)}}, "office_file_wrong", "hours.mon"),
        ({"hours": {"mon": (), "fri": ()}}, "office_file_wrong", "hours"),
        ({"address": "a" * 400}, "office_file_wrong", "address"),
    ],
)
def test_wrong_value_is_refused(changes: dict[str, object], code: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        edited_office(_TEXT, changes)
    assert (refused.value.code, refused.value.field) == (code, key)


def test_wrong_value_is_answered_with_an_example() -> None:
    with pytest.raises(Refusal) as refused:
        edited_office(_TEXT, {"hours": {"mon": ("7-11",)}})
    assert "07:30-11:30" in error_sentence(refused.value)


def test_change_applies_at_once_and_is_on_record(real_folder: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        office = desk.office.edit_office({"phone": "0236 777 888"})
        assert office.phone == desk.office.facts.office.phone == "0236 777 888"
        trail = desk.office.read(list_access, ListAccess())
    assert any("phone" in str(line) and ADMIN in str(line) for line in trail)
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.office.facts.office.phone == "0236 777 888"


def test_preview_takes_no_number(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        before = desk.contents()
        office = desk.office.edited_office({"name": "UBND xã Xem Thử"})
        prepared = desk.office.read(preview_office_paper, PreviewOfficePaper(office))
        assert prepared.pdf.startswith(b"%PDF") and prepared.print_ids == ()
        assert desk.contents() == before


def test_file_in_another_encoding_is_left_alone(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        file = training_folder / "office.toml"
        file.write_bytes(file.read_bytes() + b"# \xe9\n")
        before = file.read_bytes()
        with pytest.raises(Refusal, match="office_file_unreadable"):
            desk.office.edit_office({"phone": "0236 777 888"})
        assert file.read_bytes() == before


@pytest.mark.posix
def test_pipe_in_place_of_the_file_is_refused(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        file = training_folder / "office.toml"
        file.unlink()
        os.mkfifo(file)
        with pytest.raises(Fault, match="folder_unreachable"):
            desk.office.edit_office({"phone": "0236 777 888"})
