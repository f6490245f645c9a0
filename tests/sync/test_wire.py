"""Fingerprints of keys and signed requests."""

import re

from app.sync.signing import public_key
from app.sync.wire import KEY_HEADER, SIGNATURE_HEADER, fingerprint, is_signed_request, signed_headers
from tests.support.sync_samples import OFFICE_KEY, RECEIVER_KEY

SIGNS = public_key(RECEIVER_KEY).hex()


def test_fingerprint_is_five_groups_of_four_digits() -> None:
    fingerprints = {fingerprint(public_key(bytes([number]) * 32)) for number in range(50)}
    assert len(fingerprints) == 50
    assert all(re.fullmatch(r"\d{4}( \d{4}){4}", text) for text in fingerprints)
    assert fingerprint(public_key(OFFICE_KEY)) == "0172 5496 5454 5533 7612"


def test_signed_request_is_bound_to_method_path_and_receiver() -> None:
    headers = signed_headers("GET", "/v1/packages?after=3", SIGNS, OFFICE_KEY)
    key, signature = headers[KEY_HEADER], headers[SIGNATURE_HEADER]
    assert is_signed_request("GET", "/v1/packages?after=3", SIGNS, key, signature)
    assert not is_signed_request("POST", "/v1/packages?after=3", SIGNS, key, signature)
    assert not is_signed_request("GET", "/v1/packages?after=4", SIGNS, key, signature)
    assert not is_signed_request("GET", "/v1/packages?after=3", "00" * 32, key, signature)
    assert not is_signed_request("GET", "/v1/packages?after=3", SIGNS, SIGNS, signature)
    assert not is_signed_request("GET", "/v1/packages?after=3", SIGNS, "xyz", "ü")
