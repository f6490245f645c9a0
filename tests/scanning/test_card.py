"""Citizen cards off good and bad scanners. Every person and number here is invented."""

import unicodedata

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
    return [said.code for said in card(text).warnings]


def test_seven_fields() -> None:
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


def test_eleven_fields_and_no_old_number() -> None:
    assert card(WOMAN + "||||") == card(WOMAN)
    assert card(WOMAN).old_id_number is None
    assert card(WOMAN).gender is Gender.FEMALE
    assert card(WOMAN).warnings == ()


def test_six_fields_are_told_by_their_shape() -> None:
    assert card(SEVEN.replace("201234567|", "")) == CardScan(
        "048099004217", None, NAME, "1999-03-02", Gender.MALE, ADDRESS, "2021-04-15", ()
    )


def test_the_year_alone_is_a_birth() -> None:
    assert card(SEVEN.replace("02031999", "1999")).birth_date == "1999"
    assert card(SEVEN.replace("02031999", "00001999")).birth_date == "1999"
    assert card(SEVEN.replace("02031999", "02/03/1999")).birth_date == "1999-03-02"


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
def test_garbled_letters_are_read_right(garble) -> None:  # type: ignore[no-untyped-def]
    text = SEVEN.replace("Đà Nẵng", "Đà Nẵng, Việt Nam")
    assert card(garble(text)) == card(text)


def test_the_example_of_the_field() -> None:
    assert repair_encoding("Hu廙軟h Hi廕簑 Thu廕要") == NAME
    assert repair_encoding("Nguyß╗àn") == "Nguyễn"
    assert repair_encoding(NAME) == NAME
    assert repair_encoding("漢字") == "漢字"


@pytest.mark.parametrize("family", ["big5", "big5hkscs", "gbk", "gb18030"])
def test_a_reader_that_guesses_an_east_asian_set(family: str) -> None:
    text = SEVEN.replace(ADDRESS, "Thôn 3, Xã Trung Giã")
    assert card(text.encode().decode(family)) == card(text)


WORDS = "Đào Thị Ẫm Lê Sơn Hữu Nghĩa Tưởng Phường Xã Tỉnh Quỳnh Giàng A Ơn Ưng Yến an sa"
syllables = st.sampled_from(WORDS.split())


@given(st.lists(syllables, min_size=2, max_size=8).map(" ".join), st.sampled_from(["latin-1", "cp437", "cp850"]))
def test_every_vietnamese_text_survives_a_one_byte_reader(text: str, code_page: str) -> None:
    assert foreign_characters(text) == 0
    assert repair_encoding(text) == text
    assert repair_encoding(text.encode().decode(code_page)) == text


@pytest.mark.parametrize("name", [NAME, "Y Bhăm Êban", "H'Hen Niê"])
def test_capitals_locked_on_the_keyboard_are_turned_back(name: str) -> None:
    plain = SEVEN.replace(NAME, name)
    assert card(plain.swapcase()) == card(plain)
    assert card(plain.upper()).name == name.upper()


@pytest.mark.parametrize("name", ["Y", "Ô", "LÊ THỊ HOA"])
def test_where_a_name_does_not_tell_of_locked_capitals_the_gender_does(name: str) -> None:
    plain = SEVEN.replace(NAME, name)
    assert card(plain.swapcase()) == card(plain)


def test_lost_characters_warn_and_digits_remain() -> None:
    lost = card(WOMAN.encode("ascii", "ignore").decode())
    assert (lost.id_number, lost.birth_date, lost.issued_on) == ("048303004217", "2003-06-05", "2024-07-01")
    assert lost.gender is Gender.FEMALE
    assert [said.code for said in lost.warnings] == ["card_letters_lost"]
    assert warning_codes(WOMAN.replace("Đặng", "Đ?ng")) == ["card_letters_lost"]
    assert warning_codes(WOMAN.replace("Nữ", "nu")) == ["card_letters_lost"]
    assert warning_codes(SEVEN.replace(NAME, "Hunh Hiu Thun")) == ["card_letters_lost"]
    assert warning_codes(SEVEN.replace("Phường", "Phng")) == ["card_letters_lost"]


@pytest.mark.parametrize(
    ("written", "gender"),
    [("NAM", Gender.MALE), ("nam", Gender.MALE), ("NỮ", Gender.FEMALE), ("Nu", Gender.FEMALE), ("N?", Gender.FEMALE),
     ("nuwx", Gender.FEMALE), ("nu74", Gender.FEMALE), ("N", Gender.FEMALE), ("Khác", None), ("", None)],
)  # fmt: skip
def test_genders_as_scanners_leave_them(written: str, gender: Gender | None) -> None:
    assert card(WOMAN.replace("Nữ", written)).gender is gender


def test_what_a_person_should_look_at() -> None:
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


def test_a_text_without_a_number_or_birth_is_no_card() -> None:
    assert isinstance(read_scan(SEVEN.replace("048099004217", "48099004217"), AGENCY), UnknownScan)
    assert isinstance(read_scan("048099004217|201234567|" + NAME, AGENCY), UnknownScan)


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Thị Quỳnh", "TRẦN THỊ HOÈ", "Quách Tuyết Quyên", "Giàng A Páo", "Ksor Phước", "H' Wê Êban", "H’Lan Niê",
     "K Brêl", "Ya Tuyên", "Cao Nam Phong", "Y Bhăm Niê", "Kpă Thìn"],
)  # fmt: skip
def test_names_of_all_peoples_pass(name: str) -> None:
    assert not is_name_garbled(name)


@pytest.mark.parametrize(
    "name", ["Nguyn Vn A", "L Vn Nam", "Trn Th Hng", "Nguy?n Văn A", "Nguye6n Van A", "Nguyễn � A"]
)
def test_names_with_letters_lost_are_doubted(name: str) -> None:
    assert is_name_garbled(name)


def test_addresses_may_be_abbreviated() -> None:
    assert not is_address_garbled("Số 12/3, TDP 4, QL1A, P. Hòa Xuân, TP. Đà Nẵng")
    assert is_address_garbled("Thn 3, Xã Hòa Mẫu")
