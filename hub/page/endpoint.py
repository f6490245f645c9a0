"""One request of a page: session, role, form, transaction, response."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.sync.errors import BundleRefused
from hub.errors import Busy, Refused, http_status
from hub.page.render import HEADERS, html, respond, shared_values
from hub.page.site import RANK, VIET_NAM, Handler, Html, PageSite, Upload, Visit
from hub.storage import sessions
from hub.storage.database import Connection
from hub.storage.sessions import SessionRow
from hub.wording import sentence

COOKIE = "motcua_session"
MAX_FORM_BYTES, MAX_UPLOAD_BYTES = 64 * 2**10, 100 * 2**20
"""Largest body of a form, and of one with a package."""
_BUSY = "Nơi nhận đang bận hoặc mất cơ sở dữ liệu. Chờ một phút rồi mở lại trang."
_FORM_FAILED = "Biểu mẫu đã cũ hoặc không gửi từ trang này. Mở lại trang rồi làm lại."
_ROLE_FAILED = "Tài khoản này không có quyền làm việc đó. Nhờ người ghi danh hoặc quản trị."
Form = tuple[dict[str, str], dict[str, Upload]]


def endpoint(
    site: PageSite, handler: Handler, role: str, *, detached: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a handler for accounts with a role.

    A POST needs the token of the session. A handler has one transaction, rolled back if it refuses. A `detached` one
    has none, because what it calls opens its own.
    """

    async def run(request: Request) -> Response:
        form: Form = ({}, {})
        if request.method == "POST":
            try:
                known = await run_in_threadpool(_is_signed_in, site, request)
            except Busy:
                return problem(_BUSY, 503)
            if not known:
                return to_sign_in(request)  # before an unknown body fills the memory
            read = await read_form(request, MAX_UPLOAD_BYTES if detached else MAX_FORM_BYTES)
            if read is None:
                return problem("Biểu mẫu quá lớn hoặc không đọc được. Gửi lại tệp nhỏ hơn.", 413)
            form = read
        return await run_in_threadpool(_answer, site, partial(_handle, handler, detached), role, request, form)

    return run


def _answer(site: PageSite, handle: Callable[[Visit], Response], role: str, request: Request, form: Form) -> Response:
    try:
        with site.database.transaction() as connection:
            visit = _visit(site, request, form, connection)
        if visit is None:
            return to_sign_in(request)
        if RANK[visit.role] < RANK[role]:
            return refusal(visit, _ROLE_FAILED, 403)
        if request.method == "POST" and not is_token(visit.form.get("csrf", ""), visit.csrf):
            return refusal(visit, _FORM_FAILED, 403)
        return handle(visit)
    except Busy:
        return problem(_BUSY, 503)


def _is_signed_in(site: PageSite, request: Request) -> bool:
    with site.database.transaction() as connection:
        return _session(site, request, connection) is not None


def _session(site: PageSite, request: Request, connection: Connection) -> SessionRow | None:
    now = site.clock().astimezone(VIET_NAM)
    return sessions.visit(connection, token_digest(request.cookies.get(COOKIE, "")), now)


def _visit(site: PageSite, request: Request, form: Form, connection: Connection) -> Visit | None:
    session = _session(site, request, connection)
    if session is None:
        return None
    return Visit(
        site=site,
        now=site.clock().astimezone(VIET_NAM),
        account=session.account,
        role=session.role,
        csrf=session.csrf,
        address=request.url.path,
        path=request.path_params,
        query=dict(request.query_params),
        form=form[0],
        uploads=form[1],
    )


def _handle(handler: Handler, detached: bool, visit: Visit) -> Response:
    try:
        if detached:
            return respond(handler(visit), visit)
        with visit.site.database.transaction() as connection:
            return respond(handler(replace(visit, held=connection)), visit)
    except (Refused, BundleRefused) as refused:
        if isinstance(refused, Busy):
            raise
        return refusal(visit, sentence(refused.code, refused.values), http_status(refused.code))


def refusal(visit: Visit, words: str, status: int) -> Response:
    """Return a page that states why nothing was done."""
    return html("refusal.html", {**shared_values(visit), "words": words}, status)


def problem(words: str, status: int) -> Response:
    """Return a page for someone who need not be signed in."""
    return html("problem.html", {"words": words}, status)


def to_sign_in(request: Request) -> Response:
    """Return the way to sign-in; a page is shown again afterwards."""
    after = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    target = "" if request.method == "POST" or after == "/" else f"?next={quote(after, safe='')}"
    return RedirectResponse(f"/sign-in{target}", 303, headers=dict(HEADERS))


def is_token(text: str, expected: str) -> bool:
    """Return whether a token is the expected one, in constant time."""
    return bool(expected) and secrets.compare_digest(text.encode("utf-8", "replace"), expected.encode())


def token_digest(token: str) -> bytes:
    """Return what the database knows of a session's token."""
    return sha256(token.encode("utf-8", "replace")).digest()


async def read_form(request: Request, limit: int = MAX_FORM_BYTES) -> Form | None:
    """Return the fields and files of a form, or None if it is too large."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            return None
    try:
        async with Request(request.scope, _replay(bytes(body))).form(max_files=1, max_fields=20) as form:
            return await _form_values(form)
    except MultiPartException:
        return None


async def _form_values(form: FormData) -> Form:
    texts: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    for name, value in form.items():
        if isinstance(value, UploadFile):
            uploads[name] = Upload(value.filename or "", await value.read())
        else:
            texts[name] = value
    return texts, uploads


def _replay(body: bytes) -> Callable[[], Awaitable[dict[str, Any]]]:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def page_of(rows: list[Any], size: int) -> tuple[list[Any], bool]:
    """Return the rows of one page, and whether there are more."""
    return rows[:size], len(rows) > size


NOT_FOUND = Html("refusal.html", {"words": "Không có trang này. Chọn một mục ở trên."}, 404)
