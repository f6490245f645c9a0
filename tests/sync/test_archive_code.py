"""The archive code: small, confidential, robust against scanners."""

import base64
import string
import zlib

import pytest
import zxingcpp
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.sync.archive_code import CODE_PREFIX, seal_code, unseal_code
from app.sync.errors import BundleRefused
from tests.support.json_strategies import json_values, texts

KEY = bytes(range(32))
NONCE = bytes(range(100, 112))
FIELDS = {
    "code": "H29.12-260212-0001",
    "key": "6301260212000015",
    "procedure": "2.000815",
    "received_at": "2026-02-12T09:30:00+07:00",
    "due_at": "2026-02-13T17:00:00+07:00",
    "channel": "direct",
    "fee": 0,
    "applicant": {
        "kind": "citizen",
        "name": "Nguyễn Thị Ánh Ẫm",
        "id_number": "048190001234",
        "birth_date": "1990-05-17",
        "phone": "0905000111",
        "address": "Tổ 12, thôn Bưởi, xã Thử, tỉnh Quảng Mẫu",
    },
}


def refusal(act, *args):
    with pytest.raises(BundleRefused) as refused:
        act(*args)
    return refused.value.code


def test_ordinary_dossier_is_small_and_round_trips():
    text = seal_code(FIELDS, KEY, NONCE)
    assert unseal_code(text, KEY) == FIELDS
    assert len(text) < 300


def test_code_uses_scanner_safe_characters():
    text = seal_code(FIELDS, KEY, NONCE)
    assert text.startswith(CODE_PREFIX)
    assert set(text.removeprefix(CODE_PREFIX)) <= set(string.ascii_uppercase + string.digits)
    assert unseal_code(f"  {text.lower()}\n", KEY) == FIELDS


def test_code_round_trips_through_a_qr_code():
    text = seal_code(FIELDS, KEY, NONCE)
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture = Image.fromarray(code.to_image(scale=4))
    assert unseal_code(zxingcpp.read_barcode(picture).text, KEY) == FIELDS
    assert picture.width // 4 <= 57 + 8  # at most version 10, its quiet zone of four modules on each side


def test_code_is_unreadable_without_the_key():
    assert seal_code(FIELDS, KEY, NONCE) != seal_code({**FIELDS, "code": "khác"}, KEY, NONCE)
    assert seal_code(FIELDS, KEY, NONCE) != seal_code(FIELDS, KEY, bytes(12))
    assert refusal(unseal_code, seal_code(FIELDS, KEY, NONCE), bytes(32)) == "kept_copy_damaged"


@given(st.dictionaries(texts, json_values, max_size=5), st.binary(min_size=12, max_size=12))
def test_seal_round_trip(fields, nonce):
    assert unseal_code(seal_code(fields, KEY, nonce), KEY) == fields


def test_every_changed_character_is_refused():
    text = seal_code({"code": "H29.12-260212-0001"}, KEY, NONCE)
    for at in range(len(text)):
        other = "3" if text[at] == "2" else "2"
        assert refusal(unseal_code, text[:at] + other + text[at + 1 :], KEY) in (
            "kept_copy_damaged",
            "kept_copy_format",
        )
        assert refusal(unseal_code, text[:at], KEY) in ("kept_copy_damaged", "kept_copy_format")


@pytest.mark.parametrize("length", range(5))
def test_last_character_has_one_spelling(length):
    text = seal_code({"a": "x" * length}, KEY, NONCE)
    for character in set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") - {text[-1]}:
        assert refusal(unseal_code, text[:-1] + character, KEY) == "kept_copy_damaged"


@pytest.mark.parametrize("plain", [b"{}" + b" " * 70_000, b"[]", b"{", b"{} {}"])
def test_sealed_non_object_is_refused(plain):
    compressor = zlib.compressobj(wbits=-15)
    compressed = compressor.compress(plain) + compressor.flush()
    sealed = NONCE + ChaCha20Poly1305(KEY).encrypt(NONCE, compressed, CODE_PREFIX.encode())
    assert refusal(unseal_code, CODE_PREFIX + base64.b32encode(sealed).decode().rstrip("="), KEY) == "kept_copy_damaged"


@given(st.text(max_size=80), st.booleans())
def test_any_text_raises_only_bundle_refused(text, prefixed):
    code = refusal(unseal_code, CODE_PREFIX + text if prefixed else text, KEY)
    assert code == "kept_copy_damaged" if prefixed else code.startswith("kept_copy_")


@pytest.mark.parametrize("fields", [{"a": float("nan")}, {"a": b""}, {"a": "x" * 70_000}])
def test_oversized_fields_are_refused(fields):
    assert refusal(seal_code, fields, KEY, NONCE) == "kept_copy_fields"


def test_key_and_nonce_lengths_are_checked():
    assert refusal(seal_code, FIELDS, b"short", NONCE) == "kept_copy_key"
    assert refusal(seal_code, FIELDS, KEY, b"short") == "kept_copy_key"
    assert refusal(unseal_code, seal_code(FIELDS, KEY, NONCE), b"short") == "kept_copy_key"
