"""Citizen cards from good and bad scanners.

Every person and number is invented.
"""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import Gender
from app.scanning.card import CardScan
from app.scanning.scan import UnknownScan, read_scan
from app.scanning.text_repair import foreign_characters, is_address_garbled, is_name_garbled, repair_encoding

AGENCY = "H29.12"
NAME = "Huỳnh Hiếu Thuận"
ADDRESS = "Tổ 3, Phường Hòa Xuân, Quận Cẩm Lệ, Thành phố Đà Nẵng"
SEVEN = f"048099004217|201234567|{NAME}|02031999|Nam|{ADDRESS}|15042021"
WOMAN = f"048303004217||Đặng Thị Ngọc Ẫm|05062003|Nữ|{ADDRESS}|01072024"


def card(text: str) -> CardScan:
    scan = read_scan(text, AGENCY)
    assert isinstance(scan, CardScan)
    return scan


def warning_codes(text: str) -> list[str]:
    return [warning.code for warning in card(text).warnings]


def test_card_with_seven_fields() -> None:
    assert card(SEVEN + "\r\n") == CardScan(
        id_number="048099004217",
        old_id_number="201234567",
        name=NAME,
        birth_date="1999-03-02",
        gender=Gender.MALE,
        address=ADDRESS,
        issued_on="2021-04-15",
        warnings=(),
    )


@pytest.mark.parametrize("between", ["", "\r\n", " "])
@pytest.mark.parametrize("text", [SEVEN, WOMAN, WOMAN + "||||", SEVEN.replace("201234567|", "")])
def test_card_scanned_twice_is_one_card(text: str, between: str) -> None:
    assert card(text + between + text) == card(text)
    assert card(between.join([text] * 3)) == card(text)


@pytest.mark.parametrize("between", ["", "\r\n", "|"])
@pytest.mark.parametrize("first", [SEVEN, WOMAN + "||||", SEVEN.removesuffix("|15042021"), SEVEN[:60], SEVEN[:-3]])
@pytest.mark.parametrize("second", [WOMAN, "048099004218|048099004217|Lý|02031999|Nam|Tổ 3, Hòa Xuân|15042021"])
def test_two_cards_never_become_one_person(first: str, second: str, between: str) -> None:
    """A reader without an end key sends two scans as one text."""
    scan = read_scan(first + between + second, AGENCY)
    assert isinstance(scan, UnknownScan) and scan.reason.code == "card_two"


def test_cut_day_of_issue_is_no_year() -> None:
    cut = SEVEN.replace("15042021", "2012")
    assert card(cut).issued_on is None and warning_codes(cut) == ["card_issued_on"]


def test_card_with_eleven_fields_without_old_number() -> None:
    assert card(WOMAN + "||||") == card(WOMAN)
    assert card(WOMAN).old_id_number is None
    assert card(WOMAN).gender is Gender.FEMALE
    assert card(WOMAN).warnings == ()


def test_card_with_six_fields_is_recognised() -> None:
    assert card(SEVEN.replace("201234567|", "")) == CardScan(
        id_number="048099004217",
        old_id_number=None,
        name=NAME,
        birth_date="1999-03-02",
        gender=Gender.MALE,
        address=ADDRESS,
        issued_on="2021-04-15",
    )


def test_birth_may_be_a_year() -> None:
    assert card(SEVEN.replace("02031999", "1999")).birth_date == "1999"
    assert card(SEVEN.replace("02031999", "00001999")).birth_date == "1999"
    assert card(SEVEN.replace("02031999", "00031999")).birth_date == "1999"
    assert card(SEVEN.replace("02031999", "02/03/1999")).birth_date == "1999-03-02"


@pytest.mark.parametrize("text", [SEVEN, SEVEN.replace("201234567|", ""), WOMAN + "||||"])
@pytest.mark.parametrize("birth", ["", "--/--/1999"])
def test_card_without_date_of_birth_is_recognised(text: str, birth: str) -> None:
    whole = card(text)
    undated = card(text.replace("02031999", birth).replace("05062003", birth))
    assert (undated.birth_date, len(undated.warnings)) == (None, 1)
    assert replace(undated, birth_date=whole.birth_date, warnings=()) == whole


@pytest.mark.parametrize(
    "garble",
    [
        lambda text: text.encode().decode("latin-1"),
        lambda text: text.encode().decode("cp437"),
        lambda text: text.encode().decode("latin-1").encode().decode("latin-1"),
        lambda text: "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode()),
        lambda text: "".join(bytes([b]).decode("cp1258", "ignore") or chr(b) for b in text.encode()),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: "]Q3" + text + "\r",
    ],
    ids=["latin-1", "cp437", "twice", "cp1252", "cp1258", "nfd", "aim"],
)
def test_garbled_characters_are_repaired(garble) -> None:
    text = SEVEN.replace("Đà Nẵng", "Đà Nẵng, Việt Nam")
    assert card(garble(text)) == card(text)


def test_example_of_a_garbled_card() -> None:
    assert repair_encoding("Hu廙軟h Hi廕簑 Thu廕要") == NAME
    assert repair_encoding("Nguyß╗àn") == "Nguyễn"
    assert repair_encoding(NAME) == NAME
    assert repair_encoding("漢字") == "漢字"


@pytest.mark.parametrize("family", ["big5", "big5hkscs", "gbk", "gb18030"])
def test_east_asian_decoding_is_repaired(family: str) -> None:
    text = SEVEN.replace(ADDRESS, "Thôn 3, Xã Trung Giã")
    assert card(text.encode().decode(family)) == card(text)


def test_a_garbled_field_among_good_ones_is_repaired() -> None:
    assert card(SEVEN.replace(NAME, "Hu廙軟h Hi廕簑 Thu廕要")) == card(SEVEN)
    assert card(SEVEN.replace(ADDRESS, ADDRESS.encode().decode("latin-1"))) == card(SEVEN)


WORDS = "Đào Thị Ẫm Lê Sơn Hữu Nghĩa Tưởng Phường Xã Tỉnh Quỳnh Giàng A Ơn Ưng Yến an sa"
syllables = st.sampled_from(WORDS.split())


@given(st.lists(syllables, min_size=2, max_size=8).map(" ".join), st.sampled_from(["latin-1", "cp437", "cp850"]))
def test_one_byte_decoding_is_repaired(text: str, code_page: str) -> None:
    assert foreign_characters(text) == 0
    assert repair_encoding(text) == text
    assert repair_encoding(text.encode().decode(code_page)) == text


@pytest.mark.parametrize("name", [NAME, "Y Bhăm Êban", "H'Hen Niê"])
def test_caps_lock_is_undone(name: str) -> None:
    plain = SEVEN.replace(NAME, name)
    assert card(plain.swapcase()) == card(plain)
    assert card(plain.upper()).name == name.upper()


@pytest.mark.parametrize("name", ["Y", "Ô", "LÊ THỊ HOA"])
def test_caps_lock_is_detected_by_the_gender(name: str) -> None:
    plain = SEVEN.replace(NAME, name)
    assert card(plain.swapcase()) == card(plain)


def test_lost_characters_warn_and_digits_remain() -> None:
    lost = card(WOMAN.encode("ascii", "ignore").decode())
    assert (lost.id_number, lost.birth_date, lost.issued_on) == ("048303004217", "2003-06-05", "2024-07-01")
    assert lost.gender is Gender.FEMALE
    assert [warning.code for warning in lost.warnings] == ["card_letters_lost"]
    assert warning_codes(WOMAN.replace("Đặng", "Đ?ng")) == ["card_letters_lost"]
    assert warning_codes(WOMAN.replace("Nữ", "nu")) == ["card_letters_lost"]
    assert warning_codes(SEVEN.replace(NAME, "Hunh Hiu Thun")) == ["card_letters_lost"]
    assert warning_codes(SEVEN.replace("Phường", "Phng")) == ["card_letters_lost"]


@pytest.mark.parametrize(
    ("written", "gender"),
    [("NAM", Gender.MALE), ("nam", Gender.MALE), ("NỮ", Gender.FEMALE), ("Nu", Gender.FEMALE), ("N?", Gender.FEMALE),
     ("nuwx", Gender.FEMALE), ("nu74", Gender.FEMALE), ("N", Gender.FEMALE), ("Khác", None), ("", None)],
)  # fmt: skip
def test_gender_accepts_garbled_spellings(written: str, gender: Gender | None) -> None:
    assert card(WOMAN.replace("Nữ", written)).gender is gender


def test_card_warnings() -> None:
    assert warning_codes(SEVEN.replace("02031999", "31021999")) == ["card_birth_date"]
    assert warning_codes(SEVEN.replace("15042021", "15132021")) == ["card_issued_on"]
    assert warning_codes(SEVEN.replace("15042021", "15041998")) == ["card_dates"]
    assert warning_codes(SEVEN.replace("201234567", "2012345")) == ["card_old_number"]
    assert warning_codes(SEVEN.replace("Nam|", "Khác|")) == ["card_letters_lost", "card_gender"]
    assert warning_codes(SEVEN.removesuffix("|15042021")) == ["card_cut"]
    assert warning_codes(SEVEN.replace("02031999", "02031990")) == ["number_birth_year"]
    assert warning_codes(SEVEN.replace("048099", "003099")) == ["number_place"]
    assert warning_codes(SEVEN.replace("|Nam|", "|Nữ|")) == ["number_gender"]
    assert card(SEVEN.replace("02031999", "31021999")).birth_date is None


def test_text_without_number_or_birth_is_no_card() -> None:
    assert isinstance(read_scan(SEVEN.replace("048099004217", "48099004217"), AGENCY), UnknownScan)
    assert isinstance(read_scan("048099004217|201234567|" + NAME, AGENCY), UnknownScan)


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Thị Quỳnh", "TRẦN THỊ HOÈ", "Quách Tuyết Quyên", "Giàng A Páo", "Ksor Phước", "H' Wê Êban", "H’Lan Niê",
     "K Brêl", "Ya Tuyên", "Cao Nam Phong", "Y Bhăm Niê", "Kpă Thìn"],
)  # fmt: skip
def test_names_of_all_peoples_have_no_warning(name: str) -> None:
    assert not is_name_garbled(name)


@pytest.mark.parametrize(
    "name", ["Nguyn Vn A", "L Vn Nam", "Trn Th Hng", "Nguy?n Văn A", "Nguye6n Van A", "Nguyễn � A"]
)
def test_names_with_lost_characters_have_a_warning(name: str) -> None:
    assert is_name_garbled(name)


def test_abbreviated_addresses_have_no_warning() -> None:
    assert not is_address_garbled("Số 12/3, TDP 4, QL1A, P. Hòa Xuân, TP. Đà Nẵng")
    assert is_address_garbled("Thn 3, Xã Hòa Mẫu")


@pytest.mark.parametrize("rest", ["", "||||", "|Đào Văn Cha|Đặng Thị Mẹ"])
def test_address_with_separator_keeps_address_and_issue_day(rest: str) -> None:
    split = SEVEN.replace("Tổ 3, Phường Hòa Xuân,", "Tổ 3|Phường Hòa Xuân|")
    read = card(split + rest)
    assert (read.issued_on, read.warnings) == ("2021-04-15", ())
    assert read.address == "Tổ 3, Phường Hòa Xuân, Quận Cẩm Lệ, Thành phố Đà Nẵng"
