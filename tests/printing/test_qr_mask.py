"""QR codes are those of the library, which scores the masks by modules."""

import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.printing.layout.qr_mask import masked_rows


def _rows_of_library(text: str) -> list[bytes]:
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    grey = memoryview(barcode.to_image(scale=1, add_quiet_zones=False))
    return [bytes(row).translate(bytes.maketrans(b"\0\xff", b"10")) for row in grey.tolist()]


@settings(max_examples=150)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=600))
@example("0")
@example("A" * 600)
@example("1" * 5000)
@example("ệ" * 770)
def test_mask_is_that_of_the_library(text: str) -> None:
    assert masked_rows(text) == _rows_of_library(text)


@pytest.mark.parametrize("text", ["", "a" * 3000])
def test_text_that_has_no_code_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        masked_rows(text)
