"""Framing and decoding of a serial line. Every person is invented."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scanning.frames import MAX_SCAN_BYTES, ScanAssembler, decode_scan

KEY, OTHER = b"6303260311000078", b"6303260311000086"
CARD = "048199004217|201234567|Huỳnh Thị Ẫm Ỷ|08031999|Nữ|Thôn Đoài, xã Kiểm Thử, tỉnh Đắk Ửng|02052021"
PAPER = "Mã hồ sơ: H29.12-260311-0007\nThủ tục: 2.000815\nKhóa: 6303260311000078"


@pytest.mark.parametrize("end", [b"\r", b"\r\n", b"\n\r", b"\x03", b"\r\x03"])
@pytest.mark.parametrize("start", [b"", b"\x02", b"\n"])
def test_scan_with_an_end_is_complete_at_once(start: bytes, end: bytes) -> None:
    assert ScanAssembler().feed(start + KEY + end) == [KEY.decode()]


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_scan_without_an_end_is_complete_after_a_pause(end: bytes) -> None:
    frames = ScanAssembler()
    assert frames.feed(KEY + end) == []
    assert frames.has_pending
    assert frames.flush() == [KEY.decode()]
    assert not frames.has_pending
    assert frames.flush() == []


def test_several_scans_in_one_chunk() -> None:
    assert ScanAssembler().feed(KEY + b"\r" + OTHER + b"\r") == [KEY.decode(), OTHER.decode()]
    frames = ScanAssembler()
    assert frames.feed(KEY + b"\n" + OTHER + b"\n") == []
    assert frames.flush() == [KEY.decode(), OTHER.decode()]


@pytest.mark.parametrize("end", [b"\r", b"\r\n", b"\x03"])
def test_lines_of_a_paper_are_one_scan(end: bytes) -> None:
    assert ScanAssembler().feed(PAPER.encode() + end) == [PAPER]
    frames = ScanAssembler()
    frames.feed(PAPER.encode() + b"\n")
    assert frames.flush() == [PAPER]


@given(st.lists(st.integers(1, 40), max_size=8), st.sampled_from([b"\r", b"\r\n", b"\x03"]))
def test_scan_may_be_split_at_any_byte(cuts: list[int], end: bytes) -> None:
    frames, rest, scans = ScanAssembler(), CARD.encode() + end, []
    for cut in [*cuts, len(rest)]:
        scans += frames.feed(rest[:cut])
        rest = rest[cut:]
    assert scans + frames.feed(rest) + frames.flush() == [CARD]


def test_reset_drops_a_partial_scan() -> None:
    frames = ScanAssembler()
    frames.feed(KEY[:9])
    frames.reset()
    assert frames.feed(OTHER + b"\r") == [OTHER.decode()]


def test_noise_without_an_end_is_dropped() -> None:
    frames = ScanAssembler()
    assert frames.feed(b"\x00\xff" * MAX_SCAN_BYTES) == []
    assert frames.feed(KEY + b"\r") == [KEY.decode()]


def tcvn(text: str) -> bytes:
    return subprocess.run(["iconv", "-t", "TCVN5712-1"], input=text.encode(), capture_output=True, check=True).stdout


@pytest.mark.posix
def test_tcvn_bytes_are_decoded() -> None:
    assert decode_scan(tcvn(CARD)) == CARD


@pytest.mark.parametrize("page", ["utf-8", "cp1258"])
def test_other_code_pages_are_decoded(page: str) -> None:
    name = "048199004217||Hồ Văn Lê|08031999|Nam|Thôn Lê, xã Hoà Lâm|02052021"
    import unicodedata

    raw = b"".join(_encode(page, c, unicodedata.normalize("NFD", c)) for c in name)
    assert unicodedata.normalize("NFC", decode_scan(raw)) == name


def _encode(page: str, char: str, decomposed: str) -> bytes:
    """Encode a character; cp1258 stores the tone as a separate byte."""
    try:
        return char.encode(page)
    except UnicodeEncodeError:
        import unicodedata

        return unicodedata.normalize("NFC", decomposed[:-1]).encode(page) + decomposed[-1].encode(page)


def test_latin_1_and_big5_bytes_are_decoded() -> None:
    assert decode_scan("Hoà Lâm".encode("latin-1")) == "Hoà Lâm"
    assert decode_scan(CARD.encode().decode("big5", "ignore").encode("big5")) != ""


@given(st.binary(max_size=200))
def test_decode_scan_accepts_any_bytes(raw: bytes) -> None:
    assert isinstance(decode_scan(raw), str)
    frames = ScanAssembler()
    frames.feed(raw)
    frames.flush()
