"""Office file: every key, wrong values, and hostile content."""

import re
import unicodedata
from dataclasses import fields, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.office_file import ignored_lines
from app.settings import Office, OfficeFileError, parse_office, place_of, read_office

REQUIRED = """
name = "UBND xã Thử Nghiệm"
parent = "UBND tỉnh Thử"
province = "Tỉnh Thử"
agency_code = "H29.12"
head = "Phạm Văn Mẫu"
"""


def wrong(text: str) -> tuple[str, str]:
    with pytest.raises(OfficeFileError) as error:
        parse_office(text)
    return error.value.problem, error.value.key


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("UBND xã Thử Nghiệm", "Thử Nghiệm"),
        ("Ủy ban nhân dân phường Nguyễn Phước Hoẵng", "Nguyễn Phước Hoẵng"),
        ("Trung tâm Phục vụ hành chính công xã Kiểm Thử", "Kiểm Thử"),
        ("UBND Phường 12", "UBND Phường 12"),
        ("UBND đặc khu Phú Quốc", "Phú Quốc"),
        ("UBND phường Buôn Ma Thuột, tỉnh Đắk Lắk", "Buôn Ma Thuột"),
        ("UBND phường Buôn Ma Thuột tỉnh Đắk Lắk", "Buôn Ma Thuột"),
        ("UBND xã Ia Pa - tỉnh Gia Lai", "Ia Pa"),
        ("UBND xã Ia H'Drai", "Ia H'Drai"),
        ("ỦY BAN NHÂN DÂN XÃ EA KLY", "Ea Kly"),
        ("UBND xã Phan Rang - Tháp Chàm", "Phan Rang - Tháp Chàm"),
        ("Sở Thử Nghiệm", "Sở Thử Nghiệm"),
        ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội"),
        ("Phòng Văn hóa - Xã hội xã Ẫm", "Ẫm"),
    ],
)
def test_place_is_the_name_of_the_commune(name: str, place: str) -> None:
    assert place_of(name) == place


def test_empty_place_is_the_name_of_the_commune() -> None:
    assert parse_office('place = " "\n' + REQUIRED).place == parse_office(REQUIRED).place != ""


def test_missing_keys_have_defaults() -> None:
    office = parse_office(REQUIRED)
    assert (office.place, office.signer, office.workstation) == (place_of(office.name), office.head, 1)
    assert (office.form_set, office.quarter_starts, office.due_time) == ("2025", 15, None)
    assert (office.send_people, office.admin) == (False, "")
    assert sorted(office.hours) == ["fri", "mon", "thu", "tue", "wed"]
    assert office.hours["mon"] == ("07:30-11:30", "13:30-17:00")


def test_every_key_is_read() -> None:
    office = parse_office(
        REQUIRED
        + """
place = "Thử Nghiệm"
signer = "Lê Thị Phó"
workstation = 99
address = "Thôn Đoài"
phone = "0200 000 001"
centre = "Trung tâm Phục vụ hành chính công"
slogan = "Nhanh, gọn"
form_set = 2018
due_time = "16:30"
lookup_address = "tra-cuu.thu.example"
send_people = true
receiver_key = "age1xyz"
sync_address = "https://thu.example"
quarter_starts = "1"
[hours]
mon = ["07:00-11:00"]
sat = ["08:00-11:00"]
[admin]
name = " Trần Thị Bình "
"""
    )
    assert (office.place, office.signer, office.workstation) == ("Thử Nghiệm", "Lê Thị Phó", 99)
    assert (office.form_set, office.due_time, office.quarter_starts) == ("2018", time(16, 30), 1)
    assert office.hours == {"mon": ("07:00-11:00",), "sat": ("08:00-11:00",)}
    assert (office.send_people, office.receiver_key, office.admin) == (True, "age1xyz", "Trần Thị Bình")


def test_sample_office_file_has_every_key() -> None:
    text = (Path(__file__).parents[1] / "docs" / "office.toml").read_text(encoding="utf-8")
    assert parse_office(text).admin == "Trần Thị Bình"
    whole = re.sub(r"(?m)^# (?=[a-z_]+ = )", "", text)
    keys = set(re.findall(r"(?m)^([a-z_]+) = ", whole)) - {"mon", "tue", "wed", "thu", "fri"}
    not_lines = {"name", "hours", "admin", "ignored"}
    assert keys - {"name"} == {each.name for each in fields(Office)} - not_lines
    assert parse_office(whole).form_set_from == date(2026, 1, 1)


def test_toml_times_are_accepted() -> None:
    assert parse_office("due_time = 16:30:00\n" + REQUIRED).due_time == time(16, 30)


@pytest.mark.parametrize("written", ["000.00.12.H29", "12.h29", " H29.12 "])
def test_agency_code_is_accepted_in_its_earlier_form(written: str) -> None:
    assert parse_office(REQUIRED.replace('"H29.12"', f'"{written}"')).agency_code == "H29.12"


@pytest.mark.parametrize("key", ["name", "parent", "province", "agency_code", "head"])
def test_missing_required_key_is_named(key: str) -> None:
    other_lines = "\n".join(line for line in REQUIRED.splitlines() if not line.startswith(f"{key} "))
    assert wrong(other_lines) == ("missing", key)
    if key != "agency_code":
        assert wrong(other_lines + f'\n{key} = "  "') == ("missing", key)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("name", ["5", "true", '["a"]', '"""a\\nb"""', f'"{"x" * 301}"', '"a\\u0085b"', '"a\\u200eb\\u009f"']),
        ("agency_code", ['"H29.1234"', '"h29;12"', '"H29.12.1.1.1.1"', '"H٢٩.12"', '""', "29"]),
        ("workstation", ["0", "100", "-1", "1.0", "true", '"1"', "99999999999999999999"]),
        ("form_set", ["true", "[2025]"]),
        ("bank_account", ['"970436"', '"970436-"', "5", '"970436-1 2"']),
        ("tax_code", ['"12"', '"0100000000-1"']),
        (
            "form_set_from",
            ['"2026-13-01"', "2026", "2026-02-09T07:00:00", '"٢٠٢٦-02-09"', '"112026"', '"30/2/2026"', "true"],
        ),
        ("due_time", ['"25:00"', '"4pm"', '"16:30+07:00"', '"1630"', '"T16"', "16", '"٠٧:00"', "2026-02-09"]),
        ("quarter_starts", ["0", "29", "31", '"²"', '"x"', "true", "-15", "1.5", '"١٥"']),
        ("send_people", ['"true"', "1"]),
        ("admin", ['"Trần"', "{}", "{name = 5}", f'{{name = "{"x" * 121}"}}']),
        ("hours", ['"07:30-11:30"', "[]", "{}"]),
    ],
)
def test_wrong_value_is_named_by_its_key(key: str, values: list[str]) -> None:
    other_lines = "\n".join(line for line in REQUIRED.splitlines() if not line.startswith(f"{key} "))
    for value in values:
        problem, named = wrong(f"{key} = {value}\n{other_lines}")
        assert problem == "wrong" and named.split(".")[0] == key, value


@pytest.mark.parametrize(
    "spans",
    [
        '"07:30-11:30"',
        '["07:30"]',
        '["7h30-11h30"]',
        '["11:30-07:30"]',
        '["08:00-08:00"]',
        '["07:30-11:30", "11:00-17:00"]',
        '["13:30-17:00", "07:30-14:00"]',
        '["24:00-25:00"]',
        '["07:30-11:30\\n"]',
        '["٠٧:٣٠-١١:٣٠"]',
        "[5]",
        "5",
    ],
)
def test_wrong_hours_are_named_by_their_day(spans: str) -> None:
    assert wrong(f"{REQUIRED}\n[hours]\nmon = ['07:30-11:30']\ntue = {spans}") == ("wrong", "hours.tue")


@pytest.mark.parametrize("hours", ["", "mon = []", 'sat = ["08:00-11:00"]', "mon = []\nsun = ['08:00-11:00']"])
def test_office_that_never_opens_is_refused(hours: str) -> None:
    """Otherwise every promise would be refused for lack of a working day."""
    assert wrong(f"{REQUIRED}\n[hours]\n{hours}") == ("wrong", "hours")


def test_unknown_key_and_form_set_are_ignored_and_named() -> None:
    office = parse_office(f'form_set = "2027"\nadress = "x"\ndatabase = "postgresql"\n{REQUIRED}')
    assert [(line.problem, line.key) for line in office.ignored] == [("unknown", "adress")]
    assert "«2027»" in ignored_lines(office)[-1]
    assert len(ignored_lines(office, lambda: {"2027"})) == 1
    assert wrong(REQUIRED + "[hours]\nmonday = []")[0] == "wrong"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('due_time = "25:00"', "due_time"),
        ("quarter_starts = 31", "quarter_starts"),
        ('bank_account = "970436"', "bank_account"),
        ('tax_code = "12"', "tax_code"),
        ("form_set = true", "form_set"),
        ("send_people = true", "send_people"),
        ("hours = []", "hours"),
        ("lock_after = 'x'", "lock_after"),
    ],
)
def test_wrong_value_does_not_close_an_office(tmp_path: Path, line: str, named: str) -> None:
    file = tmp_path / "office.toml"
    file.write_text(f"{line}\n{REQUIRED}", encoding="utf-8")
    office = read_office(file)
    assert [(each.problem, each.key) for each in office.ignored] == [("wrong", named)]
    assert replace(office, ignored=()) == parse_office(REQUIRED)


@pytest.mark.parametrize(
    ("table", "named", "hours"),
    [
        (
            '[hours]\nmon = ["08:00-12:00"]\nholiday = ["08:00-12:00"]',
            [("unknown", "hours.holiday")],
            {"mon": ("08:00-12:00",)},
        ),
        (
            '[hours]\nmon = ["08:00-12:00"]\ntue = ["25:00-26:00"]\nsat = 5',
            [("wrong", "hours.tue"), ("wrong", "hours.sat")],
            {"mon": ("08:00-12:00",), "tue": ("07:30-11:30", "13:30-17:00"), "sat": ()},
        ),
        ('[admin]\nname = "Lê An"\nemail = "x"', [("unknown", "admin.email")], None),
        ('[court]\nname = "x"', [("unknown", "court")], None),
        ("[[hours]]\nmon = []", [("wrong", "hours")], None),
    ],
)
def test_line_of_a_table_is_ignored_by_itself(tmp_path: Path, table: str, named: Any, hours: Any) -> None:
    file = tmp_path / "office.toml"
    file.write_text(f"{REQUIRED}\n{table}\n", encoding="utf-8")
    office = read_office(file)
    assert [(each.problem, each.key) for each in office.ignored] == named
    assert office.hours == (hours or parse_office(REQUIRED).hours)
    assert office.admin == ("Lê An" if "Lê An" in table else "")
    assert all(line.endswith(".") for line in ignored_lines(office))


@pytest.mark.parametrize("line", ["workstation = 100", 'agency_code = "29"', "head = 5"])
def test_wrong_essential_value_still_closes_an_office(tmp_path: Path, line: str) -> None:
    file = tmp_path / "office.toml"
    other_lines = "\n".join(
        each for each in REQUIRED.splitlines() if each.split(" ")[0] != line.split(" ", maxsplit=1)[0]
    )
    file.write_text(f"{line}\n{other_lines}", encoding="utf-8")
    with pytest.raises(OfficeFileError):
        read_office(file)


def test_send_people_requires_a_receiver_key() -> None:
    assert wrong(REQUIRED + "send_people = true") == ("missing", "receiver_key")
    assert parse_office(REQUIRED + "send_people = false").receiver_key == ""


def test_texts_are_normalised() -> None:
    office = parse_office(unicodedata.normalize("NFD", REQUIRED))
    assert office.name == "UBND xã Thử Nghiệm" and unicodedata.is_normalized("NFC", office.head)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name =", "1"),
        ("name = 'a'\nname = 'b'", "2"),
        ("a = 1\nb = [1,\n", "2"),
        ("a\x00 = 1", "1"),
        ("a = 2026-13-45", "1"),
        ("a = " + "9" * 5000, "…"),
        ("a = " + "[" * 9_000, "…"),
        ("<html>", "1"),
    ],
)
def test_toml_error_has_its_line(text: str, line: str) -> None:
    assert wrong(text) == ("not_toml", line)


def test_unreadable_files(tmp_path: Path) -> None:
    for name, content in (("gone.toml", None), ("folder.toml", None), ("utf16.toml", REQUIRED.encode("utf-16"))):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        elif name.startswith("folder"):
            path.mkdir()
        with pytest.raises(OfficeFileError) as error:
            read_office(path)
        assert (error.value.problem, error.value.key) == ("unreadable", name)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + REQUIRED.encode(), REQUIRED.replace("\n", "\r\n").encode()])
def test_byte_order_mark_and_line_ends_are_accepted(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "office.toml").write_bytes(content)
    assert read_office(tmp_path / "office.toml") == parse_office(REQUIRED)


@given(st.text(max_size=60), st.sampled_from(sorted(Office.__dataclass_fields__)))
def test_any_text_is_accepted_or_refused(text: str, key: str) -> None:
    for content in (text, f"{key} = {text}\n{REQUIRED}", f'{key} = "{text}"\n{REQUIRED}'):
        try:
            parse_office(content)
        except OfficeFileError as error:
            assert error.problem in ("not_toml", "missing", "wrong")


def test_form_set_has_its_first_day() -> None:
    for value in ('"2026-03-01"', "2026-03-01", '"1/3/2026"', '"01032026"', '"1.3.26"'):
        office = parse_office(f"form_set = 2025\nform_set_from = {value}\n{REQUIRED}")
        assert (office.form_set, office.form_set_from) == ("2025", date(2026, 3, 1))


@pytest.mark.parametrize("key", ["quarter_starts", "form_set", "workstation", "tax_code"])
def test_huge_number_is_refused(key: str) -> None:
    assert wrong(f"{REQUIRED}\n{key} = 0x{'f' * 5000}") == ("wrong", key)


def test_file_above_the_maximum_size_is_refused(tmp_path: Path) -> None:
    assert wrong(REQUIRED + "#" * 10_000) == ("too_big", "10000")
    file = tmp_path / "office.toml"
    file.write_text(REQUIRED + "#" * 5_000_000, encoding="utf-8")
    with pytest.raises(OfficeFileError) as error:
        read_office(file)
    assert error.value.problem == "too_big"
