"""A receiver on loopback, with real HTTP and files in memory.

It takes POST /v1/bundles, signs its answers by its key and reports errors as RFC 9457 (docs/formats.md).
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyrage

from app.sync.ack import Result
from app.sync.bundle import Bundle, read_bundle
from app.sync.errors import BundleRefused
from app.sync.signing import new_signing_key, public_key
from app.sync.wire import ACK_TYPE, BUNDLE_TYPE, BUNDLES, PROBLEM_TYPE
from tests.support.sync_samples import write_ack

MADE_AT = "2026-02-10T12:00:00+07:00"


@dataclass
class Reply:
    """An answer of the server."""

    status: int
    body: bytes
    media_type: str
    headers: dict[str, str] = field(default_factory=dict)


def problem(status: int, code: str, **fields: Any) -> Reply:
    """Return an RFC 9457 answer."""
    body = {"type": f"urn:motcua:{code}", "title": "Không nhận", "status": status, "code": code, **fields}
    return Reply(status, json.dumps(body).encode(), PROBLEM_TYPE)


class Receiver:
    """Files by sender, epoch and sequence; each has one answer."""

    def __init__(self) -> None:
        self.signing_key = new_signing_key()
        self.identity = pyrage.x25519.Identity.generate()
        self.files: dict[tuple[str, str, int], tuple[str, bytes]] = {}
        self.records: dict[str, dict[str, Any]] = {}
        self.rejections: dict[str, str] = {}
        self.requests: list[bytes] = []
        self.replies: list[Callable[[bytes], Reply | None]] = []
        self._lock = threading.Lock()

    @property
    def signs(self) -> str:
        """The public key of the answers."""
        return public_key(self.signing_key).hex()

    def card(self, address: str) -> str:
        """Return the receiver's card as TOML."""
        key = str(self.identity.to_public())
        return f'sync_address = "{address}"\nreceiver_key = "{key}"\nreceiver_signs = "{self.signs}"\n'

    def answer(self, content: bytes) -> Reply:
        """Return the answer to a file; planned replies come first."""
        with self._lock:
            self.requests.append(content)
            if self.replies:
                planned = self.replies.pop(0)(content)
                if planned is not None:
                    return planned
            try:
                bundle = read_bundle(content, identity=str(self.identity))
            except BundleRefused as refused:
                return problem(422, refused.code)
            return self._take(bundle)

    def _take(self, bundle: Bundle) -> Reply:
        sender, epoch, sequence = (bundle.manifest[name] for name in ("public_key", "epoch", "sequence"))
        known = self.files.get((sender, epoch, sequence))
        if known is not None:
            same = known[0] == bundle.manifest_sha256
            return Reply(200, known[1], ACK_TYPE) if same else problem(409, "bundle_fork", fork=1)
        before = self.files.get((sender, epoch, sequence - 1))
        if sequence > 1 and before is None:
            expected = max((n for s, e, n in self.files if (s, e) == (sender, epoch)), default=0) + 1
            return problem(409, "bundle_gap", epoch=epoch, expected_sequence=expected)
        if before is not None and before[0] != bundle.manifest["previous"]:
            return problem(409, "bundle_fork", fork=1)
        ack = write_ack(bundle, [self._result(record) for record in bundle.records], MADE_AT, self.signing_key)
        self.files[sender, epoch, sequence] = (bundle.manifest_sha256, ack)
        return Reply(200, ack, ACK_TYPE)

    def _result(self, record: Any) -> Result:
        base = {"id": record["id"], "sequence": record["sequence"]}
        if record["id"] in self.records:
            return Result(**base, result="already")
        reason = self.rejections.get(record["dossier"])
        if reason is not None:
            return Result(**base, result="rejected", reason=reason)
        self.records[record["id"]] = record
        return Result(**base, result="accepted")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    receiver: Receiver

    def do_POST(self) -> None:
        assert (self.path, self.headers["content-type"]) == (BUNDLES, BUNDLE_TYPE)
        content = self.rfile.read(int(self.headers["content-length"]))
        if len(content) < int(self.headers["content-length"]):
            self.close_connection = True
            return
        reply = self.receiver.answer(content)
        self.send_response(reply.status)
        for name, value in {**reply.headers, "content-type": reply.media_type}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *_arguments: Any) -> None:
        """Write nothing to stderr."""


@contextmanager
def serve(receiver: Receiver, context: Any = None) -> Iterator[str]:
    """Serve a receiver on loopback; yield its address.

    With an SSL context it speaks HTTPS.
    """
    handler = type("Handler", (_Handler,), {"receiver": receiver})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_arguments: None  # a cut line is no error here
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http{'s' if context else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def join(folder: Path, receiver: Receiver, address: str) -> None:
    """Write the receiver into the office file of a closed office."""
    file = folder / "office.toml"
    file.write_text(receiver.card(address) + file.read_text(encoding="utf-8"), encoding="utf-8")
