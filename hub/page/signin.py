"""Sign in and out: argon2id, lock-out, a token in a cookie."""

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.errors import Busy
from hub.page.endpoint import COOKIE, is_token, problem, read_form, token_digest
from hub.page.render import HEADERS, html
from hub.page.site import VIET_NAM, PageSite
from hub.passwords import hash_password, is_password
from hub.storage import accounts, sessions
from hub.storage.database import Connection

FORM_COOKIE = "motcua_form"
WRONG = (
    f"Sai tên hoặc mật khẩu. Sau {sessions.MAX_TRIES} lần sai, tài khoản tạm khóa "
    f"{int(sessions.LOCKED_FOR.total_seconds() // 60)} phút."
)
_STALE = "Trang đăng nhập đã cũ. Nhập lại."
_NO_ACCOUNT = hash_password(secrets.token_urlsafe(24))
"""Verified for a name that is not in use, so that the answer takes as long."""
_MAX_NAME, _MAX_PASSWORD = 60, 1000


def show(site: PageSite) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of the sign-in page."""

    async def run(request: Request) -> Response:
        return _page(site, request, "", 200)

    return run


def sign_in(site: PageSite) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that checks name and password."""

    async def run(request: Request) -> Response:
        form = await read_form(request)
        fields = {} if form is None else form[0]
        expected = request.cookies.get(FORM_COOKIE, "")
        if not is_token(fields.get("form", ""), expected):
            return _page(site, request, _STALE, 403)
        return await run_in_threadpool(_check, site, request, fields.get("name", ""), fields.get("password", ""))

    return run


def sign_out(site: PageSite) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that ends the session of the cookie."""

    async def run(request: Request) -> Response:
        form = await read_form(request)
        csrf = "" if form is None else form[0].get("csrf", "")
        return await run_in_threadpool(_end, site, request, csrf)

    return run


def _check(site: PageSite, request: Request, name: str, password: str) -> Response:
    now = site.clock().astimezone(VIET_NAM)
    name = " ".join(name.split())[:_MAX_NAME]
    try:
        with site.database.transaction() as connection:
            row = accounts.account(connection, name)
            is_open = row is not None and row.active and (row.locked_until is None or row.locked_until <= now)
            secret = row.secret if row is not None and is_open else _NO_ACCOUNT
            if is_password(secret, password[:_MAX_PASSWORD]) and is_open:
                return _begin(connection, request, name, site)
            if is_open:
                sessions.count_wrong_try(connection, name, now)
    except Busy:
        return problem("Nơi nhận đang bận hoặc mất cơ sở dữ liệu. Chờ một phút rồi đăng nhập lại.", 503)
    return _page(site, request, WRONG, 403)


def _begin(connection: Connection, request: Request, name: str, site: PageSite) -> Response:
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    sessions.begin(connection, token_digest(token), name, csrf, site.clock().astimezone(VIET_NAM))
    response = RedirectResponse(after_sign_in(request.query_params.get("next", "")), 303, headers=dict(HEADERS))
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    response.delete_cookie(FORM_COOKIE)
    return response


def _end(site: PageSite, request: Request, csrf: str) -> Response:
    digest = token_digest(request.cookies.get(COOKIE, ""))
    try:
        with site.database.transaction() as connection:
            session = sessions.visit(connection, digest, site.clock().astimezone(VIET_NAM))
            if session is not None and is_token(csrf, session.csrf):
                sessions.end(connection, digest)
    except Busy:
        return problem("Nơi nhận đang bận hoặc mất cơ sở dữ liệu. Chờ một phút rồi thoát lại.", 503)
    response = RedirectResponse("/sign-in", 303, headers=dict(HEADERS))
    response.delete_cookie(COOKIE)
    return response


def after_sign_in(address: str) -> str:
    """Return an address of these pages, `/` for any other one."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    is_own = not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_own and "\\" not in address and address.isprintable() else "/"


def _page(site: PageSite, request: Request, words: str, status: int) -> Response:
    token = secrets.token_urlsafe(24)
    values = {"words": words, "form_token": token, "training": site.receiver.training, "query": request.url.query}
    response = html("sign_in.html", values, status)
    response.set_cookie(FORM_COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response
