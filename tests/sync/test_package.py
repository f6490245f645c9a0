"""Packages for offices: one content, signed by the receiver."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.bundle import read_bundle
from app.sync.canonical import parse_json
from app.sync.container import unpack
from app.sync.errors import BundleRefused
from app.sync.package import CONTENT, KINDS, PackageHeader, file_format, read_package, write_package
from app.sync.signing import new_signing_key, public_key
from tests.support.sync_samples import RECEIVER_KEY, bundle_bytes, resigned, write_ack

HEADER = PackageHeader(
    number=7,
    kind="calendar",
    agency="H29.12",
    title="Hoán đổi ngày nghỉ Tết",
    made_at="2026-01-05T08:00:00+07:00",
    valid_from="2026-01-10",
    expires_at="2026-12-31T23:59:59+07:00",
)
TEXT = b"date,kind,hours,decision\n2026-01-10,work,,\n"
FILE = write_package(HEADER, TEXT, RECEIVER_KEY)
KNOWN = public_key(RECEIVER_KEY)


def refusal(data: bytes, known_key: bytes | None = KNOWN) -> str:
    with pytest.raises(BundleRefused) as refused:
        read_package(data, known_key=known_key)
    return refused.value.code


def test_package_is_read_back_as_written():
    package = read_package(FILE, known_key=KNOWN)
    assert (package.header, package.content, package.public_key) == (HEADER, TEXT, KNOWN)
    assert list(unpack(FILE)) == ["manifest.json", "manifest.sig", "content"]
    assert write_package(HEADER, TEXT, RECEIVER_KEY) == FILE


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_a_package_without_limits_is_valid(kind):
    header = replace(HEADER, kind=kind, agency="*", valid_from=None, expires_at=None)
    assert read_package(write_package(header, b"", RECEIVER_KEY), known_key=None).header == header


def test_package_of_another_receiver_is_refused():
    assert refusal(write_package(HEADER, TEXT, new_signing_key())) == "bundle_unknown_key"


@pytest.mark.parametrize(
    "changes",
    [{"number": 0}, {"kind": "script"}, {"title": "hai\ndòng"}, {"valid_from": "10/01/2026"}, {"expires_at": "x"},
     {"made_at": "2026-01-05"}, {"agency": ""}],
)  # fmt: skip
def test_a_field_that_does_not_fit_is_named(changes):
    with pytest.raises(BundleRefused) as refused:
        write_package(replace(HEADER, **changes), TEXT, RECEIVER_KEY)
    assert (refused.value.code, refused.value.values) == ("bundle_manifest", {"part": next(iter(changes))})


def test_newer_version_and_other_formats_are_distinguished():
    manifest = {**parse_json(unpack(FILE)["manifest.json"]), "version": 2}
    assert refusal(resigned(manifest, {CONTENT: TEXT}, RECEIVER_KEY)) == "bundle_newer"
    ack = write_ack(read_bundle(bundle_bytes(3)), [], HEADER.made_at, RECEIVER_KEY)
    assert (refusal(ack), file_format(ack), file_format(FILE)) == ("bundle_members", "motcua-ack", "motcua-down")


@given(at=st.integers(0, len(FILE) - 1), bit=st.integers(0, 7))
def test_a_changed_bit_is_refused(at, bit):
    changed = bytearray(FILE)
    changed[at] ^= 1 << bit
    refusal(bytes(changed))


@given(length=st.integers(0, len(FILE) - 1))
def test_a_shortened_package_is_refused(length):
    refusal(FILE[:length])


@given(data=st.binary(max_size=300))
def test_any_bytes_are_refused_by_name(data):
    refusal(data)
    with pytest.raises(BundleRefused):
        file_format(data)
