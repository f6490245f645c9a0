"""The sync file (`.mcsync`): written and signed, read and fully verified."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from app.sync.canonical import canonical_json, parse_json
from app.sync.compressed_lines import compress_lines, compress_text, decompress_lines
from app.sync.envelope import FileKind, OpenedFile, check_digests, open_envelope, open_signed, pack_signed
from app.sync.errors import BundleRefused, shorten
from app.sync.field_checks import (
    first_mismatch,
    hexadecimal,
    integer_between,
    is_flag,
    is_instant,
    is_uuid,
    nullable,
    one_of,
    single_line,
)
from app.sync.records import RECORD, Record, chain_fault, line_without_people

FORMAT = "motcua-sync"
VERSION = 1
RECORDS = "records.jsonl.zst"
SEALED_RECORDS = RECORDS + ".age"
SUMMARY = "summary.json"
MAX_SUMMARY_BYTES = 8 * 2**20
_PAUSE_EVERY = 20
_T = TypeVar("_T")

_KIND = FileKind(
    format=FORMAT,
    version=VERSION,
    shape={
        "format": one_of(FORMAT),
        "version": integer_between(1, VERSION),
        "office": single_line(300),
        "agency_code": single_line(40),
        "workstation": integer_between(1, 99),
        "epoch": is_uuid,
        "sequence": integer_between(1),
        "previous": nullable(hexadecimal(64)),
        "record_from": nullable(integer_between(1)),
        "record_to": nullable(integer_between(1)),
        "count": integer_between(0),
        "made_at": is_instant,
        "records_sha256": hexadecimal(64),
        "summary_sha256": hexadecimal(64),
        "public_key": hexadecimal(64),
        "training": is_flag,
    },
    members={"records_sha256": (RECORDS, SEALED_RECORDS), "summary_sha256": (SUMMARY,)},
)


@dataclass(frozen=True)
class BundleHeader:
    """The sender of a file and the file's place in its sequence.

    `epoch` is a UUID, new after every restore. `sequence` counts the files of an epoch from 1. `previous` is the
    SHA-256 of the previous manifest, None for the first file. `made_at` is ISO 8601 with its offset. `training`
    marks a training office, which a real receiver refuses.
    """

    office: str
    agency_code: str
    workstation: int
    epoch: str
    sequence: int
    previous: str | None
    made_at: str
    training: bool


@dataclass(frozen=True)
class SignedManifest:
    """The manifest of a file and the digest that identifies it."""

    values: dict[str, Any]
    sha256: str


@dataclass(frozen=True)
class Bundle:
    """A file with verified signature, digests, count, sequence and chain."""

    manifest: dict[str, Any]
    records: tuple[Record, ...]
    summary: dict[str, Any]
    manifest_sha256: str


def write_bundle(
    header: BundleHeader,
    records: Iterable[Record],
    summary: Mapping[str, Any],
    signing_key: bytes,
    receiver: str | None,
    pause: Callable[[], object] = lambda: None,
) -> bytes:
    """Return the bytes of a file.

    Without a receiver all personal data is left out. `receiver` is an age x25519 recipient, `age1…`: the records
    are then complete and encrypted for it. Without a receiver the same arguments give the same bytes. `pause` is called
    between the records, so that other threads are not kept waiting.

    Raises BundleRefused for input that a reader would refuse: `bundle_record`, `bundle_sequence`, `bundle_chain`,
    `bundle_manifest`, `bundle_json` (summary), `bundle_too_big`, `bundle_receiver_key`.
    """
    checked = [_record(record, line) for line, record in enumerate(_with_pauses(records, pause), 1)]
    manifest = {**asdict(header), **_span(checked)}
    _check_sequence(manifest, checked)
    if receiver is None:
        records_member, lines = RECORDS, compress_text(b"".join(_with_pauses(_chained_lines(checked), pause)), RECORDS)
    else:
        _check_chain(checked)
        records_member, lines = SEALED_RECORDS, _sealed(compress_lines(checked, RECORDS), receiver)
    return pack_signed(_KIND, manifest, {records_member: lines, SUMMARY: _summary_bytes(summary)}, signing_key)


def read_manifest(data: bytes) -> SignedManifest:
    """Return the verified manifest of a file without opening its records.

    Raises BundleRefused like `read_bundle`.
    """
    opened = open_signed(_KIND, data)
    return SignedManifest(opened.manifest, opened.manifest_sha256)


def open_bundle_envelope(data: bytes) -> OpenedFile:
    """Return the verified manifest of a file and its members.

    For a receiver, which checks the sender before the content: the digests, the records and the summary are not
    verified (`check_bundle_digests`, `unsealed_records`, `read_summary`).

    Raises BundleRefused like `read_bundle`.
    """
    return open_envelope(_KIND, data)


def check_bundle_digests(opened: OpenedFile) -> None:
    """Verify the digests of the members.

    Raises BundleRefused `bundle_damaged`.
    """
    check_digests(_KIND, opened)


def read_bundle(data: bytes, *, identity: str | None = None, known_key: bytes | None = None) -> Bundle:
    """Read and verify a file.

    `identity` (`AGE-SECRET-KEY-1…`) decrypts sealed records. With `known_key` a file signed by another key is
    refused. The caller checks that the key is enrolled, the epoch known and the sequence the next one.

    Raises only BundleRefused, for any bytes: `bundle_not_zip`, `bundle_too_big`, `bundle_incomplete`,
    `bundle_layout`, `bundle_members`, `bundle_damaged`, `bundle_json`, `bundle_format`, `bundle_newer`,
    `bundle_signature`, `bundle_unknown_key`, `bundle_manifest`, `bundle_encrypted`, `bundle_identity`,
    `bundle_record`, `bundle_count`, `bundle_sequence`, `bundle_chain`.
    """
    opened = open_signed(_KIND, data, known_key)
    lines = decompress_lines(unsealed_records(opened, identity), RECORDS)
    records = tuple(_record(line, number) for number, line in enumerate(lines, 1))
    _check_sequence(opened.manifest, records)
    _check_chain(records)
    return Bundle(opened.manifest, records, read_summary(opened.members[SUMMARY]), opened.manifest_sha256)


def _record(value: Any, line: int) -> Record:
    field = first_mismatch(value, RECORD) if isinstance(value, Mapping) else "record"
    if field is not None:
        raise BundleRefused("bundle_record", line=line, part=shorten(field))
    record: Record = value
    return record


def _with_pauses(items: Iterable[_T], pause: Callable[[], object]) -> Iterator[_T]:
    for number, item in enumerate(items):
        if number % _PAUSE_EVERY == 0:
            pause()
        yield item


def _chained_lines(records: Sequence[Record]) -> Iterator[bytes]:
    """Yield the lines without personal data, each verified by its own text.

    Raises BundleRefused `bundle_chain`.
    """
    before = records[0]["previous_hash"] if records else None
    for record in records:
        line = line_without_people(record)
        if record["previous_hash"] != before or line is None:
            field = "hash" if record["previous_hash"] == before else "previous_hash"
            raise BundleRefused("bundle_chain", sequence=record["sequence"], part=field)
        before = record["hash"]
        yield line


def _span(records: Sequence[Record]) -> dict[str, int | None]:
    first, last = (records[0]["sequence"], records[-1]["sequence"]) if records else (None, None)
    return {"record_from": first, "record_to": last, "count": len(records)}


def _check_sequence(manifest: Mapping[str, Any], records: Sequence[Record]) -> None:
    """Check the manifest's numbers against the records.

    There must be no gap, and only the first file may have no predecessor.
    """
    if manifest["count"] != len(records):
        raise BundleRefused("bundle_count", expected=manifest["count"], found=len(records))
    if (manifest["sequence"] == 1) != (manifest["previous"] is None):
        raise BundleRefused("bundle_manifest", part="previous")
    if any(manifest[field] != value for field, value in _span(records).items()):
        raise BundleRefused("bundle_sequence", expected=manifest["record_from"], found=_span(records)["record_from"])
    for expected, record in enumerate(records, records[0]["sequence"] if records else 0):
        if record["sequence"] != expected:
            raise BundleRefused("bundle_sequence", expected=expected, found=record["sequence"])


def _check_chain(records: Sequence[Record]) -> None:
    fault = chain_fault(records)
    if fault is not None:
        raise BundleRefused("bundle_chain", sequence=fault.sequence, part=fault.field)


def _summary_bytes(summary: Mapping[str, Any]) -> bytes:
    try:
        text = canonical_json(summary)
    except ValueError as error:
        raise BundleRefused("bundle_json", name=SUMMARY, line=1) from error
    read_summary(text)
    return text


def read_summary(text: bytes) -> dict[str, Any]:
    """Return the summary of a file.

    Raises BundleRefused `bundle_json`, `bundle_too_big`.
    """
    if len(text) > MAX_SUMMARY_BYTES:
        raise BundleRefused("bundle_too_big", name=SUMMARY, limit=MAX_SUMMARY_BYTES)
    try:
        summary = parse_json(text)
    except ValueError as error:
        raise BundleRefused("bundle_json", name=SUMMARY, line=1) from error
    if not isinstance(summary, dict) or not isinstance(summary.get("reports"), list):
        raise BundleRefused("bundle_json", name=SUMMARY, line=1)
    return summary


def _sealed(lines: bytes, receiver: str) -> bytes:
    import pyrage  # only offices that send personal data need it

    try:
        recipient = pyrage.x25519.Recipient.from_str(receiver)
    except pyrage.RecipientError as error:
        raise BundleRefused("bundle_receiver_key") from error
    sealed: bytes = pyrage.encrypt(lines, [recipient])
    return sealed


def unsealed_records(opened: OpenedFile, identity: str | None) -> bytes:
    """Return the compressed records, decrypted where they are sealed.

    Raises BundleRefused `bundle_encrypted` without an identity, `bundle_identity` for another receiver's.
    """
    if RECORDS in opened.members:
        return opened.members[RECORDS]
    if identity is None:
        raise BundleRefused("bundle_encrypted")
    import pyrage

    try:
        lines: bytes = pyrage.decrypt(opened.members[SEALED_RECORDS], [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise BundleRefused("bundle_identity") from error
    return lines
