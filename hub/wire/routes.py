"""Routes of the wire."""

import json
from functools import partial
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sync.errors import BundleRefused
from app.sync.wire import (
    ACK_TYPE,
    BUNDLES,
    HEALTH,
    KEY_HEADER,
    PACKAGE_TYPE,
    PACKAGES,
    SIGNATURE_HEADER,
    is_signed_request,
)
from hub.errors import Refused
from hub.storage import packages, senders
from hub.storage.receiver import open_receiver
from hub.wire.body import read_body
from hub.wire.service import Service

_MAX_NUMBER = 2**53


def routes() -> list[Route]:
    """Return the routes of the wire."""
    return [
        Route(BUNDLES, receive_bundle, methods=["POST"]),
        Route(PACKAGES, list_packages, methods=["GET"]),
        Route(f"{PACKAGES}/{{number}}", send_package, methods=["GET"]),
        Route(HEALTH, health, methods=["GET"]),
    ]


async def receive_bundle(request: Request) -> Response:
    """Receive a file; answer with its ack."""
    service = service_of(request)
    with service.gate.request() as gate:
        data = await read_body(request, gate)
        gate.hold(len(data))
        try:
            receive = partial(service.intake.receive, data, service.clock())
            receipt = await anyio.to_thread.run_sync(receive, limiter=service.threads)
        finally:
            gate.release(len(data))
    return Response(receipt.ack, media_type=ACK_TYPE)


async def list_packages(request: Request) -> Response:
    """List the packages for the office that asks."""
    after = _number(request.query_params.get("after", "0"))
    rows = await _in_thread(request, _packages_after, signed_key(request), after)
    return Response(json.dumps(rows, ensure_ascii=False).encode(), media_type="application/json")


async def send_package(request: Request) -> Response:
    """Send one package to the office that asks."""
    number = _number(request.path_params["number"])
    content = await _in_thread(request, _package_content, signed_key(request), number)
    return Response(content, media_type=PACKAGE_TYPE)


async def health(request: Request) -> Response:
    """Answer whether the receiver can store a file."""
    service = service_of(request)
    receiver = await anyio.to_thread.run_sync(open_receiver, service.database, limiter=service.threads)
    answer = {"status": "ok", "training": receiver.training, "receiver_signs": receiver.receiver_signs}
    return Response(json.dumps(answer).encode(), media_type="application/json")


def service_of(request: Request) -> Service:
    """Return the service of the application."""
    service: Service = request.app.state.service
    return service


def signed_key(request: Request) -> str:
    """Return the key that signed a request.

    The signed path has the query; a signature over the path alone is accepted too.

    Raises Refused `request_unsigned`.
    """
    key, signature = request.headers.get(KEY_HEADER, ""), request.headers.get(SIGNATURE_HEADER, "")
    path, query = request.url.path, request.url.query
    receiver_signs = service_of(request).keys.receiver_signs
    for text in (f"{path}?{query}" if query else path, path):
        if is_signed_request(request.method, text, receiver_signs, key, signature):
            return key.lower()
    raise Refused("request_unsigned")


async def _in_thread(request: Request, work: Any, *arguments: Any) -> Any:
    service = service_of(request)
    return await anyio.to_thread.run_sync(partial(work, service, *arguments), limiter=service.threads)


def _agency_of(service: Service, key: str) -> str:
    """Return the agency code of a key.

    Raises BundleRefused `bundle_unknown_key`, `bundle_blocked`.
    """
    with service.database.connection() as connection:
        sender = senders.sender_of_key(connection, key)
    if sender is None:
        raise BundleRefused("bundle_unknown_key", public_key=key)
    if sender.blocked_at is not None:
        raise BundleRefused("bundle_blocked", public_key=key)
    return sender.agency_code


def _packages_after(service: Service, key: str, after: int) -> list[dict[str, Any]]:
    agency = _agency_of(service, key)
    with service.database.connection() as connection:
        rows = packages.packages_for(connection, agency, after)
    return [
        {"number": row.number, "kind": row.kind, "title": row.title, "agency": row.agency, "size": row.size}
        for row in rows
    ]


def _package_content(service: Service, key: str, number: int) -> bytes:
    agency = _agency_of(service, key)
    with service.database.connection() as connection:
        content = packages.content_for(connection, agency, number)
    if content is None:
        raise Refused("package_unknown", number=number)
    return content


def _number(text: str) -> int:
    """Return a number of a package; anything else is before the first."""
    return min(int(text), _MAX_NUMBER) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
