"""Meaning of scans: known, or unknown with a reason, never an error."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.codes import dossier_code, dossier_key
from app.models.errors import Message
from app.scanning.card import CardScan
from app.scanning.scan import MAX_SCAN_LENGTH, CodeScan, KeyScan, PaperScan, UnknownScan, read_scan

AGENCY = "H29.12"
DAY = date(2026, 2, 12)
KEY = "6301260212000015"
CODE = "H29.12-260212-0001"
SIGNATURE = "Ab-_9" * 17 + "x"
CARD = "048199004217||Đào Thị Ẫm|02031999|Nữ|Tổ 3, Phường Hòa Xuân, Thành phố Đà Nẵng|01072024||||"
PAPER = "\n".join(
    [
        f"Mã hồ sơ: {CODE}",
        "Thủ tục: 2.000815",
        "Người: 048*****4217",
        "Giấy: Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "Hệ thống: UBND xã Hòa Mẫu",
        "In lúc: 2026-02-12T09:30:00+07:00",
        f"Khóa: {KEY}",
    ]
)


def reason_code(text: str) -> str:
    scan = read_scan(text, AGENCY)
    assert isinstance(scan, UnknownScan)
    return scan.reason.code


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        KEY + "\r\n",
        "]C1" + KEY,
        "\x02" + KEY + "\x03",
        "\x1d" + KEY + "\t",
        "]C1\x1d" + KEY,
        "6301 2602 1200 0015",
    ],
)
def test_key_is_read_with_device_marks(text: str) -> None:
    scan = read_scan(text, AGENCY)
    assert isinstance(scan, KeyScan)
    assert (scan.key, scan.parts.workstation, scan.parts.day, scan.parts.n) == (KEY, 1, DAY, 1)


def test_foreign_key_has_a_reason() -> None:
    assert reason_code(dossier_key("H29.13", 1, DAY, 1)) == "key_other_office"
    assert reason_code(KEY[:-1] + "6") == "key_check_digit"
    assert reason_code("6301261312000012") == "key_date"


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        "000.00.12.H29-260212-0001",
        "h29.12-260212-0001\r",
        "]C0" + CODE,
        "H29.12 – 260212 – 0001",
        CODE.replace("-", "\u2011"),
    ],
)
def test_code_spellings_have_one_comparable_form(text: str) -> None:
    scan = read_scan(text, AGENCY)
    assert isinstance(scan, CodeScan)
    assert scan.comparable == "H29122602120001"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 99), st.integers(1, 9999))
def test_printed_codes_and_keys_are_read(day: date, desk: int, n: int) -> None:
    code, key = dossier_code(AGENCY, day, desk, n), dossier_key(AGENCY, desk, day, n)
    old = code.replace(AGENCY, "000.00.12.H29")
    assert read_scan(code, AGENCY) == CodeScan(code, code.replace(".", "").replace("-", ""))
    assert isinstance(read_scan(old, AGENCY), CodeScan)
    assert isinstance(read_scan(key, AGENCY), KeyScan)


def test_other_codes_are_code_scans() -> None:
    assert read_scan("TNHS/A1-26.07", AGENCY) == CodeScan("TNHS/A1-26.07", "TNHSA12607")
    assert read_scan("15/QĐ-UBND", AGENCY) == CodeScan("15/QĐ-UBND", "15QDUBND")
    assert isinstance(read_scan("048199004217", AGENCY), CodeScan)


def test_qr_code_of_a_paper() -> None:
    assert read_scan(PAPER, AGENCY) == PaperScan(KEY, CODE, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", PAPER, None)
    signed = read_scan("]Q3" + PAPER.replace("\n", "\r\n") + f"\r\nChữ ký: {SIGNATURE}\r\n", AGENCY)
    assert signed == PaperScan(KEY, CODE, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", PAPER, SIGNATURE)


def test_paper_with_garbled_or_lost_characters() -> None:
    garbled = read_scan(PAPER.encode().decode("latin-1"), AGENCY)
    assert garbled == read_scan(PAPER, AGENCY)
    lost = read_scan(PAPER.encode("ascii", "ignore").decode(), AGENCY)
    assert isinstance(lost, PaperScan)
    assert (lost.key, lost.code) == (KEY, CODE)


def test_paper_of_another_office_is_unknown() -> None:
    foreign = PAPER.replace(KEY, dossier_key("H29.13", 1, DAY, 1))
    scan = read_scan(foreign, AGENCY)
    assert isinstance(scan, UnknownScan)
    assert scan.reason == Message("key_other_office", {"code": CODE})
    damaged = read_scan(PAPER.replace(KEY, KEY[:-1] + "6"), AGENCY)
    assert isinstance(damaged, PaperScan)
    assert (damaged.key, damaged.code) == (None, CODE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "scan_empty"),
        (" \r\n\x00\t", "scan_empty"),
        ("a" * (MAX_SCAN_LENGTH + 1), "scan_too_long"),
        ("https://vneid.gov.vn/qr/9f8a7b", "scan_vneid"),
        ("DN4790123456789|4e677579e1bb856e2056c4836e2041|01/01/1990|1|48e1bb93|", "scan_health_card"),
        ("00020101021138540010A00000072701240006970436", "scan_payment"),
        ("https://example.vn/tra-cuu?ma=1", "scan_web_address"),
        ("P<VNMDAO<<THI<AM<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "scan_passport"),
        ("04819900421|x|Đào Thị Ẫm|02031999|Nữ|Đà Nẵng|01072024", "card_unreadable"),
        ("048199004217||Đào Thị Ẫm|hôm qua|Nữ|Đà Nẵng|01072024", "card_unreadable"),
        ("QUJD" * 20, "scan_sealed"),
        ("Đào Thị Ẫm", "scan_not_a_code"),
        ("???", "scan_not_a_code"),
        ("khai sinh", "scan_not_a_code"),
    ],
)
def test_unknown_scans_have_a_reason(text: str, code: str) -> None:
    assert reason_code(text) == code


@given(st.text(max_size=300) | st.text(st.sampled_from("0123456789|H.-\n:Nữnam ễ廙\udc80"), max_size=300))
@settings(max_examples=500)
def test_read_scan_accepts_any_text(text: str) -> None:
    read_scan(text, AGENCY)


def damaged_text(rng: random.Random, text: str) -> str:
    characters = list(text)
    for _ in range(rng.randint(1, 6)):
        index = rng.randrange(len(characters))
        characters[index] = rng.choice(["", "?", "|", "\x00", "ß", "廙", chr(rng.randrange(0x20, 0x3000)), "9"])
    return "".join(characters)


def test_random_damage_never_raises() -> None:
    rng = random.Random(2026)
    kinds = {type(read_scan(damaged_text(rng, rng.choice([CARD, PAPER, CODE, KEY])), AGENCY)) for _ in range(20_000)}
    assert kinds >= {CodeScan, CardScan, PaperScan, UnknownScan}


@pytest.mark.parametrize("between", ["", "\r", "\r\n"])
@pytest.mark.parametrize("text", [KEY, CODE, CODE.lower(), PAPER])
def test_scan_sent_twice_is_read_once(text: str, between: str) -> None:
    assert read_scan(text + between + text, AGENCY) == read_scan(text, AGENCY)


def test_alias_that_repeats_itself_stays_whole() -> None:
    scan = read_scan("MADONVI-0001MADONVI-0001", AGENCY)
    assert isinstance(scan, CodeScan) and scan.comparable == "MADONVI0001MADONVI0001"
