"""Refusals as `application/problem+json` (RFC 9457)."""

import json
import logging
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.sync.errors import BundleRefused
from app.sync.wire import PROBLEM_TYPE
from hub.errors import Busy, Refused, Value, http_status
from hub.wording import sentence

_LOG = logging.getLogger("hub.wire")
_HIDDEN = frozenset(("public_key",))
_TOO_MANY = 429
_BY_STATUS = {404: "not_found", 405: "method_not_allowed"}


def problem(code: str, values: Mapping[str, Value], status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem with its code, its Vietnamese title and its fields."""
    fields = {name: value for name, value in values.items() if name not in _HIDDEN}
    content = {"type": f"urn:motcua:{code}", "title": sentence(code, values), "status": status, "code": code, **fields}
    text = json.dumps(content, ensure_ascii=False).encode()
    return Response(text, status, media_type=PROBLEM_TYPE, headers=dict(headers or {}))


async def refused(request: Request, error: Exception) -> Response:
    """Answer a refusal."""
    assert isinstance(error, (Refused, BundleRefused))  # registered for these alone
    if isinstance(error, Busy):
        level = logging.INFO if error.status == _TOO_MANY else logging.WARNING  # a rush would fill the log
        _LOG.log(level, "%s: %s", error.code, error.reason)
        return problem(error.code, error.values, error.status, {"Retry-After": str(error.retry_after)})
    _LOG.info("refused %s", error.code)
    status = http_status(error.code)
    close = {"Connection": "close"} if status in (408, 413) else {}
    return problem(error.code, error.values, status, close)


async def http_error(request: Request, error: Exception) -> Response:
    """Answer an address or a method that does not exist."""
    assert isinstance(error, HTTPException)  # registered for this alone
    return problem(_BY_STATUS.get(error.status_code, "not_found"), {}, error.status_code)


async def fault(request: Request, error: Exception) -> Response:
    """Answer an error of the program; the log has it."""
    return problem("receiver_fault", {}, 500)
