"""Code 128: bars are read back, and equal those of earlier releases."""

from random import Random
from string import digits

import pytest
import zxingcpp
from PIL import Image

from app.printing.layout.code128 import code128_modules

_ASCII = "".join(map(chr, range(32, 127)))
_QUIET, _HEIGHT = 30, 40
_EARLIER = {
    "6301210824000010": 0x69CA619B372464E99B3366644DDD8EB,
    "H29.12-261129-0001": 0x690C519CB964CE9CD9CA6E5DEE4D893995EE9B977B6666CBC98EB,
    "A1": 0x1A428C4E684D8EB,
    "AB1234C": 0xD214622C5DEB39162F7446C9D8EB,
    "12345": 0x69CB39162F76E4EB18EB,
    "~ 1234567": 0x6908BDB32EF59C8B1C5AF776E8F58EB,
}
"""Modules as one number, written by python-barcode 0.16.1."""


def _read(text: str) -> list[str]:
    modules = code128_modules(text)
    row = bytes(0 if module == "1" else 255 for module in modules for _ in range(3))
    row = b"\xff" * _QUIET + row + b"\xff" * _QUIET
    picture = Image.frombytes("L", (len(row), _HEIGHT), row * _HEIGHT)
    return [code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)]


def test_keys_are_read_back_also_with_99_first() -> None:
    rng = Random(1)
    keys = ["9901210824000010", "9999999999999999"] + ["".join(rng.choices(digits, k=16)) for _ in range(60)]
    assert [_read(key) for key in keys] == [[key] for key in keys]
    assert {len(code128_modules(key)) for key in keys} == {123}


def test_texts_are_read_back() -> None:
    rng = Random(2)
    texts = ["".join(rng.choices(_ASCII + digits * 8, k=rng.randint(2, 20))).strip() or "a" for _ in range(200)]
    assert [_read(text) for text in texts] == [[text] for text in texts]


@pytest.mark.parametrize("text", sorted(_EARLIER))
def test_bars_equal_those_of_earlier_releases(text: str) -> None:
    assert int(code128_modules(text), 2) == _EARLIER[text]
