"""Read the body of a request within limits of size and speed."""

from collections.abc import AsyncIterator

import anyio
from starlette.requests import ClientDisconnect, Request

from app.sync.container import MAX_FILE_BYTES
from app.sync.errors import BundleRefused
from hub.errors import Refused
from hub.wire.service import Gate

IDLE_SECONDS = 15.0
"""Longest pause between two parts of a body."""

GRACE_SECONDS = 15.0
MIN_BYTES_PER_SECOND = 1024
"""Slowest average behind the grace time, an eighth of a line of 64 kbit/s."""

_DRAIN_BYTES = 64 * 2**20
_DRAIN_SECONDS = 10.0


async def read_body(request: Request, gate: Gate) -> bytes:
    """Return the body of a request.

    Raises BundleRefused `bundle_too_big` without keeping more than the limit, Refused `request_timeout` for a body
    that arrives too slowly, `request_cut`; Busy.
    """
    stream = request.stream()
    if _declared_size(request) > MAX_FILE_BYTES:
        await _drain(stream)
        raise BundleRefused("bundle_too_big", name="zip", limit=MAX_FILE_BYTES)
    parts = bytearray()
    try:
        await _fill(parts, stream, gate)
        return bytes(parts)
    finally:
        gate.release(len(parts))


async def _fill(parts: bytearray, stream: AsyncIterator[bytes], gate: Gate) -> None:
    begun = anyio.current_time()
    while (part := await _next_part(stream)) is not None:
        if len(parts) + len(part) > MAX_FILE_BYTES:
            await _drain(stream)
            raise BundleRefused("bundle_too_big", name="zip", limit=MAX_FILE_BYTES)
        gate.hold(len(part))
        parts += part
        seconds = anyio.current_time() - begun
        if seconds > GRACE_SECONDS and len(parts) < MIN_BYTES_PER_SECOND * seconds:
            raise Refused("request_timeout")


async def _next_part(stream: AsyncIterator[bytes]) -> bytes | None:
    try:
        with anyio.fail_after(IDLE_SECONDS):
            return await anext(stream, None)
    except TimeoutError:
        raise Refused("request_timeout") from None
    except ClientDisconnect:
        raise Refused("request_cut") from None


async def _drain(stream: AsyncIterator[bytes]) -> None:
    """Read on for a while, so that the client reads the answer.

    A connection that is closed with unread bytes is reset, and the answer is lost.
    """
    left = _DRAIN_BYTES
    with anyio.move_on_after(_DRAIN_SECONDS):
        while left > 0 and (part := await _next_part(stream)) is not None:
            left -= len(part)


def _declared_size(request: Request) -> int:
    text = request.headers.get("content-length", "")
    return int(text) if text.isdecimal() else 0
