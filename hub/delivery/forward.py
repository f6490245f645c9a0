"""Send the files of a province on to the next receiver up."""

import json
import ssl
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx

from app.sync.ack import read_ack
from app.sync.errors import BundleRefused
from app.sync.wire import BUNDLE_TYPE, BUNDLES
from hub.errors import Busy, Refused
from hub.storage import files, forwarding
from hub.storage.database import Database
from hub.storage.forwarding import WaitingFile

_TIMEOUT = httpx.Timeout(120.0, connect=10.0)
_RETRY = frozenset((408, 429, 502, 503, 504))


def forward(database: Database, address: str, ca: str | None, now: datetime) -> Iterator[dict[str, Any]]:
    """Send every unanswered file as it was received; yield one line each.

    A file that the next receiver refuses holds back the later ones of its sender only. Its answers are stored.

    Raises Busy if the address cannot be reached or asks to wait.
    """
    with database.connection() as connection:
        waiting = forwarding.waiting_files(connection, address)
    stopped: set[int] = set()
    with httpx.Client(timeout=_TIMEOUT, verify=_tls(ca)) as client:
        for file in waiting:
            if file.site_id not in stopped:
                code = _send(client, database, address, file, now)
                if code is not None:
                    stopped.add(file.site_id)
                yield _line(file, code)


def _send(client: httpx.Client, database: Database, address: str, file: WaitingFile, now: datetime) -> str | None:
    """Send a file and store its answer; return the code of a refusal."""
    with database.connection() as connection:
        content = files.content_of(connection, file.site_id, file.place)
    if content is None:
        return None
    answer = _post(client, address, content)
    if answer.status_code != httpx.codes.OK:
        return _code(answer)
    try:
        ack = read_ack(answer.content, known_key=None)
    except BundleRefused:
        return "ack_not_ours"
    if ack.manifest["manifest_sha256"] != file.manifest_sha256:
        return "ack_not_ours"
    with database.transaction() as connection:
        forwarding.store_answer(connection, file, address, answer.content, now)
    return None


def _post(client: httpx.Client, address: str, content: bytes) -> httpx.Response:
    try:
        answer = client.post(f"{address}{BUNDLES}", content=content, headers={"Content-Type": BUNDLE_TYPE})
    except httpx.TransportError as error:
        raise Busy(f"next receiver: {type(error).__name__}") from error
    if answer.status_code in _RETRY:
        seconds = answer.headers.get("Retry-After", "")
        raise Busy(f"next receiver: {answer.status_code}", int(seconds) if seconds.isdecimal() else 60)
    return answer


def _code(answer: httpx.Response) -> str:
    """Return the code of a problem; the status if it is none."""
    try:
        code = json.loads(answer.content)["code"]
    except (ValueError, KeyError, TypeError):
        return f"http_{answer.status_code}"
    return str(code)[:64]


def _line(file: WaitingFile, code: str | None) -> dict[str, Any]:
    return {
        "agency_code": file.agency_code,
        "workstation": file.workstation,
        "sequence": file.sequence,
        "result": "forwarded" if code is None else "refused",
        "code": code,
    }


def _tls(ca: str | None) -> ssl.SSLContext:
    """Return the context that verifies the next receiver.

    Raises Refused `file_unreadable` for an authority that cannot be read.
    """
    try:
        return ssl.create_default_context(cafile=ca)
    except (OSError, ssl.SSLError) as error:
        raise Refused("file_unreadable", file=ca or "") from error
