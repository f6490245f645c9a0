"""The answer to a file: what became of each of its records."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.sync.ack import REJECTED, result_line, write_ack_lines
from app.sync.bundle import Bundle
from app.sync.canonical import canonical_json
from hub.ingest.batch import Decided
from hub.wording import rejection_reason


def answer_to(
    manifest: Mapping[str, Any], manifest_sha256: str, decided: Sequence[Decided], now: datetime, signing_key: bytes
) -> bytes:
    """Return the signed answer to a file."""
    lines = [
        result_line(record_id, sequence, result) if reason is None else _rejection(record_id, sequence, reason)
        for record_id, sequence, result, reason in decided
    ]
    bundle = Bundle(dict(manifest), (), {}, manifest_sha256)
    return write_ack_lines(bundle, lines, now.isoformat(timespec="seconds"), signing_key)


def _rejection(record_id: str, sequence: int, reason: str) -> bytes:
    """Return the line of a rejected record, whose id can be any text."""
    storable = record_id.encode("utf-8", "replace").decode()
    values = {"id": storable, "sequence": sequence, "result": REJECTED, "reason": rejection_reason(reason)}
    return canonical_json(values) + b"\n"
