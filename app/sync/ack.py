"""The answer to a sync file (`.mcack`), signed by the receiver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from app.sync.bundle import Bundle
from app.sync.compressed_lines import QUICK_LEVEL, compress_text, decompress_lines
from app.sync.envelope import FileKind, open_signed, pack_signed
from app.sync.errors import BundleRefused, shorten
from app.sync.field_checks import (
    Shape,
    first_mismatch,
    hexadecimal,
    integer_between,
    is_instant,
    is_uuid,
    one_of,
    single_line,
    text_between,
)

FORMAT = "motcua-ack"
VERSION = 1
RESULTS = "results.jsonl.zst"
ACCEPTED, ALREADY, REJECTED = "accepted", "already", "rejected"

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
        "manifest_sha256": hexadecimal(64),
        "made_at": is_instant,
        "public_key": hexadecimal(64),
        "results_sha256": hexadecimal(64),
        "count": integer_between(0),
    },
    members={"results_sha256": (RESULTS,)},
)
_RESULT: Shape = {
    "id": text_between(1, 64),
    "sequence": integer_between(1),
    "result": one_of(ACCEPTED, ALREADY, REJECTED),
}
_REJECTION: Shape = {**_RESULT, "reason": text_between(1, 2000)}


class Result(TypedDict):
    """The outcome of one record.

    `result` is `accepted`, `already` or `rejected`. A rejected record has a reason that the office can act on.
    """

    id: str
    sequence: int
    result: str
    reason: NotRequired[str]


@dataclass(frozen=True)
class Ack:
    """A complete answer.

    `manifest` identifies the answered file by office, epoch, sequence and `manifest_sha256`.
    """

    manifest: dict[str, Any]
    results: tuple[Result, ...]


def write_ack_lines(bundle: Bundle, lines: Sequence[bytes], made_at: str, signing_key: bytes) -> bytes:
    """Return the answer to a bundle, from lines of canonical JSON.

    `made_at` is ISO 8601 with its offset. `signing_key` is the receiver's. The lines are not checked; `result_line`
    writes them.

    Raises BundleRefused `bundle_manifest`, `bundle_too_big`.
    """
    identity = {key: bundle.manifest[key] for key in ("office", "agency_code", "workstation", "epoch", "sequence")}
    manifest = {**identity, "manifest_sha256": bundle.manifest_sha256, "made_at": made_at, "count": len(lines)}
    results = compress_text(b"".join(lines), RESULTS, QUICK_LEVEL)
    return pack_signed(_KIND, manifest, {RESULTS: results}, signing_key)


def result_line(record_id: str, sequence: int, result: str) -> bytes:
    """Return the line of a result that has no reason.

    `record_id` is a UUID, so that nothing needs an escape.
    """
    return b'{"id":"%b","result":"%b","sequence":%d}\n' % (record_id.encode(), result.encode(), sequence)


def read_ack(data: bytes, *, known_key: bytes | None) -> Ack:
    """Read and verify an answer.

    With `known_key` an answer of another receiver is refused. The caller compares `manifest_sha256` with the sent
    file.

    Raises only BundleRefused, for any bytes, with the codes of `read_bundle`.
    """
    opened = open_signed(_KIND, data, known_key)
    lines = decompress_lines(opened.members[RESULTS], RESULTS)
    results = tuple(_result(line, number) for number, line in enumerate(lines, 1))
    if opened.manifest["count"] != len(results):
        raise BundleRefused("bundle_count", expected=opened.manifest["count"], found=len(results))
    return Ack(opened.manifest, results)


def _result(value: Any, line: int) -> Result:
    if not isinstance(value, Mapping):
        raise BundleRefused("bundle_record", line=line, part="result")
    field = first_mismatch(value, _REJECTION if value.get("result") == REJECTED else _RESULT)
    if field is not None:
        raise BundleRefused("bundle_record", line=line, part=shorten(field))
    checked: Result = value  # type: ignore[assignment]  # every field was just compared with its shape
    return checked
