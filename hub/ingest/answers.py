"""The answer to a file: what became of each of its records."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.sync.ack import REJECTED, Result, write_ack
from app.sync.bundle import Bundle
from hub.ingest.batch import Decided
from hub.wording import rejection_reason


def answer_to(
    manifest: Mapping[str, Any], manifest_sha256: str, decided: Sequence[Decided], now: datetime, signing_key: bytes
) -> bytes:
    """Return the signed answer to a file."""
    results: list[Result] = [_result(item) for item in decided]
    bundle = Bundle(dict(manifest), (), {}, manifest_sha256)
    return write_ack(bundle, results, now.isoformat(timespec="seconds"), signing_key)


def _result(item: Decided) -> Result:
    result: Result = {"id": item.id, "sequence": item.sequence, "result": item.result}
    if item.result == REJECTED:
        result["reason"] = rejection_reason(item.reason or "")
    return result
