"""Codes, keys and citizen numbers: examples and properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.codes import (
    CodeParts,
    CodePattern,
    KeyFault,
    KeyParts,
    agency_code,
    comparable,
    dossier_code,
    dossier_key,
    id_number_warnings,
    key_fault,
    read_code,
    read_key,
)
from app.models.enums import Gender
from app.models.errors import Refusal

AGENCY = "H29.12"
DAY = date(2026, 2, 12)
KEY = "6301260212000015"
NATIONAL_PATTERN = CodePattern(date(2026, 1, 25), "{agency}-{YYMMDD}-{AA}{serial}")
"""Codes of procedures settled on a centralised system (TT 04/2025/TT-VPCP Điều 23)."""

agencies = st.from_regex(r"\A[A-Y][0-9]{2}(\.[0-9]{1,3}){0,4}\Z")
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
desks = st.integers(1, 99)
numbers = st.integers(1, 9999)


def refusal_of(call: object, *args: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args)
    return caught.value


def test_agency_code_accepts_both_orders() -> None:
    assert agency_code(" h29.12 ") == "H29.12"
    assert agency_code("H29") == "H29"
    assert agency_code("G12.34.5.678.9") == "G12.34.5.678.9"
    assert agency_code("000.00.12.H29") == "H29.12"
    assert agency_code("000.24.41.H13") == "H13.41.24"


@pytest.mark.parametrize("text", ["", "Z29.12", "H2.12", "H29.", "H29.1234", "H29.1.2.3.4.5", "12", "H29-12", "Hà Nội"])
def test_invalid_agency_codes_are_refused(text: str) -> None:
    refusal = refusal_of(agency_code, text)
    assert (refusal.code, refusal.field) == ("agency_code", "agency_code")


def test_dossier_code_by_desk_and_number() -> None:
    assert dossier_code(AGENCY, DAY, 1, 1) == "H29.12-260212-0001"
    assert dossier_code(AGENCY, DAY, 1, 9999) == "H29.12-260212-9999"
    assert dossier_code(AGENCY, DAY, 2, 1) == "H29.12-260212-10001"
    assert dossier_code(AGENCY, DAY, 99, 9999) == "H29.12-260212-989999"


def test_dossier_code_of_a_centralised_procedure() -> None:
    assert dossier_code(AGENCY, DAY, 1, 7, NATIONAL_PATTERN, host="15") == "H29.12-260212-150007"
    assert refusal_of(dossier_code, AGENCY, DAY, 1, 7, NATIONAL_PATTERN, "1").code == "hosting_agency"


def test_serials_end_at_9999_and_desks_at_99() -> None:
    assert refusal_of(dossier_code, AGENCY, DAY, 1, 10000).code == "serial_exhausted"
    assert refusal_of(dossier_key, AGENCY, 1, DAY, 10000).code == "serial_exhausted"
    assert refusal_of(dossier_code, AGENCY, DAY, 100, 1).code == "workstation_range"
    assert refusal_of(dossier_key, AGENCY, 0, DAY, 1).code == "workstation_range"


def test_pattern_may_separate_by_slashes() -> None:
    new = CodePattern(date(2027, 3, 1), "{agency}/{day}/{serial}")
    assert dossier_code(AGENCY, DAY, 1, 1, new) == "H29.12/260212/0001"


@pytest.mark.parametrize(
    "template",
    ["{agency}-{day}", "{agency}-{day}-{serial}-{serial}", "{agency}{day}{serial}{x}", "{agency}{day}{serial}|", "{}"],
)
def test_invalid_patterns_are_refused(template: str) -> None:
    assert refusal_of(CodePattern, DAY, template).code == "code_pattern"


def test_key_of_the_first_dossier() -> None:
    assert dossier_key(AGENCY, 1, DAY, 1) == KEY
    assert read_key(KEY, AGENCY) == KeyParts(1, DAY, 1)
    assert read_key("6301 2602 1200 0015\r\n", AGENCY) == KeyParts(1, DAY, 1)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (KEY[:-1], KeyFault.LENGTH),
        (KEY + "0", KeyFault.LENGTH),
        ("630126021200001x", KeyFault.LENGTH),
        (KEY[:-1] + "6", KeyFault.CHECK_DIGIT),
        (dossier_key("H29.13", 1, DAY, 1), KeyFault.OTHER_OFFICE),
        ("6301261312000012", KeyFault.DATE),
        ("6300260212000016", KeyFault.SERIAL),
        ("6301260212000007", KeyFault.SERIAL),
    ],
)
def test_key_faults(text: str, fault: KeyFault) -> None:
    assert key_fault(text, AGENCY) is fault
    assert read_key(text, AGENCY) is None


@given(agencies, desks, days, numbers)
def test_key_round_trip(agency: str, desk: int, day: date, n: int) -> None:
    assert read_key(dossier_key(agency, desk, day, n), agency) == KeyParts(desk, day, n)


@given(desks, days, numbers, st.integers(0, 15), st.integers(1, 9))
def test_single_digit_errors_are_detected(desk: int, day: date, n: int, place: int, shift: int) -> None:
    key = dossier_key(AGENCY, desk, day, n)
    wrong = key[:place] + str((int(key[place]) + shift) % 10) + key[place + 1 :]
    assert read_key(wrong, AGENCY) is None


@given(st.tuples(desks, numbers), st.tuples(desks, numbers), days)
def test_two_desks_never_share_a_code(one: tuple[int, int], other: tuple[int, int], day: date) -> None:
    same = dossier_code(AGENCY, day, *one) == dossier_code(AGENCY, day, *other)
    assert same == (one == other)


@given(agencies, days, desks, numbers)
def test_every_spelling_of_a_code_compares_equal(agency: str, day: date, desk: int, n: int) -> None:
    code = dossier_code(agency, day, desk, n)
    groups = agency.split(".")
    reversed_agency = ".".join((*("000", "00", "00")[: max(0, 4 - len(groups))], *reversed(groups)))
    old = code.replace(agency, reversed_agency, 1)
    spellings = {code, old, code.lower(), code.replace("-", " – "), code.replace("-", "\u2011"), f" {old}\t"}
    assert {comparable(spelling) for spelling in spellings} == {comparable(code)}


def test_separators_may_be_missing() -> None:
    assert comparable("H29.12-260212-0001") == "H29122602120001"
    assert comparable("h29122602120001") == "H29122602120001"
    assert comparable("0000012H292602120001") == "H29122602120001"
    assert comparable("Ｈ２９.12−260212−0001") == "H29122602120001"
    assert comparable("漢字 --") == ""
    assert comparable("H29.12-260212-0001") != comparable("H29.12-260212-0002")


@given(st.text(max_size=60))
def test_comparable_is_idempotent(text: str) -> None:
    assert comparable(comparable(text)) == comparable(text)


def test_read_code_accepts_both_orders() -> None:
    assert read_code("H29.12-260212-0001") == CodeParts("H29.12", DAY, "0001")
    assert read_code("000.00.12.h29-260212-0001") == CodeParts("H29.12", DAY, "0001")
    assert read_code("H29.12-261312-0001") is None
    assert read_code("12-260212-0001") is None
    assert read_code("xin chào") is None


def warning_codes(number: str, birth: str | None = None, gender: Gender | None = None) -> list[str]:
    return [warning.code for warning in id_number_warnings(number, birth, gender)]


def test_consistent_number_has_no_warning() -> None:
    assert warning_codes("048099004217", "1999-03-02", Gender.MALE) == []
    assert warning_codes("001303012345", "2003", Gender.FEMALE) == []
    assert warning_codes("048 099 004 217") == []
    assert warning_codes("123456789") == []
    assert warning_codes("C1234567") == []
    assert warning_codes("") == []


def test_inconsistent_number_has_a_warning() -> None:
    assert warning_codes("48099004217") == ["number_length"]
    assert warning_codes("04809900421O") == ["number_letters"]
    assert warning_codes("ngày") == warning_codes("🙂") == ["number_shape"]
    assert warning_codes("003099004217") == ["number_place"]
    assert warning_codes("048099004217", "1999", Gender.FEMALE) == ["number_gender"]
    assert warning_codes("048099004217", "1990-01-01", Gender.MALE) == ["number_birth_year"]
    assert warning_codes("048299004217", "1999-01-01", Gender.MALE) == ["number_birth_year"]


@given(st.text(max_size=20), st.none() | st.dates().map(date.isoformat), st.none() | st.sampled_from(Gender))
def test_id_number_warnings_accept_any_text(number: str, birth: str | None, gender: Gender | None) -> None:
    for warning in id_number_warnings(number, birth, gender):
        assert warning.code.startswith("number_")
