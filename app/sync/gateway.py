"""The only network client: sends files to the receiver over HTTPS.

An answer is returned as it came; the caller verifies it. Redirects are not followed, because a receiver never sends
one and a sign-in page of a network does.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import httpx

from app.sync.canonical import parse_json
from app.sync.container import MAX_FILE_BYTES
from app.sync.wire import ACK_TYPE, BUNDLE_TYPE, BUNDLES, PROBLEM_TYPE

_CHUNK = 8 * 2**10
_MAX_PROBLEM_BYTES = 64 * 2**10
_TIMEOUT = httpx.Timeout(connect=15, read=60, write=60, pool=15)
_HURRIED = httpx.Timeout(connect=4, read=6, write=6, pool=4)
"""For a window that is about to close."""
_HEADERS = {"accept": "*/*", "accept-encoding": "identity", "user-agent": "motcua"}
_LONGEST_EXCHANGE_S, _LONGEST_HURRIED_S = 900.0, 8.0
"""Seconds after the upload in which the whole answer must arrive; a server that trickles would hold it for ever."""
_NOT_YET_VALID, _EXPIRED = 9, 10
"""X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED."""


class GatewayTrouble(Exception):
    """Exchange that brought no answer.

    `code` is `no_network`, `no_answer`, `tls_untrusted`, `tls_clock`, `address_wrong` or `proxy_wrong`. `uploaded` is
    set if the whole request went out before.
    """

    def __init__(self, code: str, *, uploaded: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.uploaded = uploaded


class SendingStopped(Exception):
    """Exchange that the user stopped."""


@dataclass(frozen=True)
class WireAnswer:
    """Answer of a server: status, media type, headers and body.

    `problem` has the fields of an RFC 9457 answer and is empty for any other.
    """

    status: int
    media_type: str
    headers: Mapping[str, str]
    body: bytes
    problem: Mapping[str, Any]

    @property
    def retry_after(self) -> int | None:
        """Seconds of the header Retry-After, None without a number."""
        text = self.headers.get("retry-after", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


@dataclass(frozen=True)
class GatewayRoute:
    """How the receiver is reached.

    `ca_file` is a PEM file of the office's own certificate authority, added to those of the system. With
    `clock_doubtful` an expired certificate is explained by the clock. `hurried` gives up after seconds, because a
    window waits to close.
    """

    address: str
    ca_file: Path | None = None
    clock_doubtful: bool = False
    hurried: bool = False


def is_loopback(address: str) -> bool:
    """Return whether an address names this machine."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_allowed_address(address: str, *, training: bool) -> bool:
    """Return whether files may be sent to an address.

    It is HTTPS without user, query or fragment; in a training office also HTTP on this machine.
    """
    try:
        parts = urlsplit(address)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = parts.scheme == "http" and training and is_loopback(address)
    extra = parts.username or parts.password or parts.query or parts.fragment
    return (parts.scheme == "https" or plain) and bool(parts.hostname) and port_fits and not extra


class Gateway:
    """Connection to the receiver, used as a context manager.

    It uses the proxy of the system, except for this machine.

    Raises GatewayTrouble `tls_untrusted`, and `proxy_wrong` for proxy settings that cannot be used.
    """

    def __init__(self, route: GatewayRoute) -> None:
        self._route = route
        self._line = _Line(_LONGEST_HURRIED_S if route.hurried else _LONGEST_EXCHANGE_S)
        local = is_loopback(route.address)
        verify: ssl.SSLContext | bool = False if urlsplit(route.address).scheme == "http" else _trust(route.ca_file)
        try:
            self._client = httpx.Client(
                verify=verify,
                timeout=_HURRIED if route.hurried else _TIMEOUT,
                follow_redirects=False,
                trust_env=not local,
                headers=dict(_HEADERS),
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:  # of HTTPS_PROXY, ALL_PROXY, NO_PROXY
            raise GatewayTrouble("proxy_wrong") from error

    def __enter__(self) -> "Gateway":
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def send_bundle(
        self,
        content: bytes,
        on_progress: Callable[[int, int], None] = lambda _sent, _all: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> WireAnswer:
        """Send a sync file; return the answer of the server.

        Raises GatewayTrouble, SendingStopped.
        """
        headers = {
            "content-type": BUNDLE_TYPE,
            "content-length": str(len(content)),
            "accept": f"{ACK_TYPE}, {PROBLEM_TYPE}",
        }
        upload = _Upload(content, on_progress, stopped, self._line.expect_answer)
        return self._exchange("POST", BUNDLES, headers, upload)

    def get(self, path: str, headers: Mapping[str, str]) -> WireAnswer:
        """Return the answer to a GET request; `path` includes the query.

        Raises GatewayTrouble.
        """
        return self._exchange("GET", path, headers, None)

    def _exchange(self, method: str, path: str, headers: Mapping[str, str], upload: "_Upload | None") -> WireAnswer:
        address = self._route.address.rstrip("/") + path
        try:
            with (
                self._line.exchange(expects_answer=upload is None),
                self._client.stream(
                    method, address, headers=dict(headers), content=upload, extensions={"trace": self._line.follow}
                ) as response,
            ):
                return _read(response)
        except httpx.HTTPError as error:
            raise self._trouble(error, upload) from error
        except (httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:  # UnicodeError: a host such as «a..b»
            raise GatewayTrouble("address_wrong") from error

    def _trouble(self, error: httpx.HTTPError, upload: "_Upload | None") -> GatewayTrouble:
        uploaded = upload is not None and upload.finished
        failure = _certificate_failure(error)
        if failure is not None:
            return GatewayTrouble(self._certificate_code(failure))
        if isinstance(error, (httpx.UnsupportedProtocol, httpx.LocalProtocolError)):
            return GatewayTrouble("address_wrong")
        if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)):
            return GatewayTrouble("no_network")
        return GatewayTrouble("no_answer", uploaded=uploaded)

    def _certificate_code(self, failure: ssl.SSLCertVerificationError) -> str:
        """Return `tls_clock` if the dates fail because of this machine's clock."""
        clock = failure.verify_code == _NOT_YET_VALID
        clock = clock or (failure.verify_code == _EXPIRED and self._route.clock_doubtful)
        return "tls_clock" if clock else "tls_untrusted"


class _Line:
    """Connection of the exchanges; it is cut when an answer takes too long.

    Time limits of the client are for single reads, and a server that trickles meets them.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._stream: Any = None
        self._timer: Timer | None = None

    @contextmanager
    def exchange(self, *, expects_answer: bool) -> Iterator[None]:
        """Run one exchange; with `expects_answer` its time begins at once."""
        if expects_answer:
            self.expect_answer()
        try:
            yield
        finally:
            if self._timer is not None:
                self._timer.cancel()
                self._timer.join()

    def expect_answer(self) -> None:
        """Begin the time in which the answer must arrive."""
        self._timer = Timer(self._seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def follow(self, event: str, facts: Mapping[str, Any]) -> None:
        """Remember the connection, also one through a proxy."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._stream = facts["return_value"]

    def _cut(self) -> None:
        if self._stream is not None:
            with suppress(OSError):
                self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class _Upload:
    """Body of a request, read once in pieces."""

    def __init__(
        self,
        content: bytes,
        on_progress: Callable[[int, int], None],
        stopped: Callable[[], bool],
        on_end: Callable[[], None],
    ) -> None:
        self._content = content
        self._on_progress = on_progress
        self._stopped = stopped
        self._on_end = on_end
        self.finished = False

    def __iter__(self) -> Iterator[bytes]:
        size = len(self._content)
        for begin in range(0, size, _CHUNK):
            if self._stopped():
                raise SendingStopped
            yield self._content[begin : begin + _CHUNK]
            self._on_progress(min(begin + _CHUNK, size), size)
        self.finished = True
        self._on_end()


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    """Return the trust of the system, with the office's own authority.

    Raises GatewayTrouble `tls_untrusted` for a file that has no certificate.
    """
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except (OSError, ssl.SSLError) as error:
            raise GatewayTrouble("tls_untrusted") from error
    return context


def _read(response: httpx.Response) -> WireAnswer:
    """Read an answer up to its limit.

    Raises GatewayTrouble `no_answer` for a longer answer.
    """
    limit = MAX_FILE_BYTES if response.status_code == httpx.codes.OK else _MAX_PROBLEM_BYTES
    body = bytearray()
    for part in response.iter_raw():
        body += part
        if len(body) > limit:
            raise GatewayTrouble("no_answer", uploaded=True)
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return WireAnswer(
        status=response.status_code,
        media_type=media_type,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=bytes(body),
        problem=_problem(bytes(body)) if media_type == PROBLEM_TYPE else {},
    )


def _problem(body: bytes) -> Mapping[str, Any]:
    try:
        fields = parse_json(body)
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _certificate_failure(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """Return the failed verification behind an error, or None."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None
