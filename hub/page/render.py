"""Turn replies into responses: templates, headers, downloads."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.sync.wire import fingerprint
from hub.page import words
from hub.page.site import Download, Redirect, Reply, Visit

FOLDER = Path(__file__).resolve().parent
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Headers of every page: no script, no other origin, no copy in a cache."""


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "moment": words.moment,
        "day": words.day,
        "count": words.count,
        "fingerprint": lambda key: fingerprint(bytes.fromhex(key)),
        "urlpart": lambda text: quote(str(text), safe=""),
        "status": lambda code: words.STATUS.get(code or "", code or "–"),
        "record_type": lambda code: words.RECORD_TYPE.get(code, code),
        "role": lambda code: words.ROLE.get(code, code),
        "act": lambda code: words.ACT.get(code, code),
        "moment_text": words.moment_text,
        "package_kind": lambda code: words.PACKAGE_KIND.get(code, code),
    }
    environment.globals["columns"] = dict(words.COLUMNS)
    return environment


_ENVIRONMENT = _environment()


def html(template: str, values: Mapping[str, Any], status: int) -> Response:
    """Return a page."""
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(values), status, headers=dict(HEADERS))


def respond(reply: Reply, visit: Visit) -> Response:
    """Return the response of a reply to a person who signed in."""
    if isinstance(reply, Redirect):
        return RedirectResponse(reply.address, 303, headers=dict(HEADERS))
    if isinstance(reply, Download):
        headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(reply.name)}"}
        return Response(reply.content, media_type=reply.media_type, headers=headers)
    return html(reply.template, {**shared_values(visit), **reply.values}, reply.status)


def shared_values(visit: Visit) -> dict[str, Any]:
    """Return what every page shows: the account, the receiver, the time."""
    return {
        "account": visit.account,
        "role": visit.role,
        "csrf": visit.csrf,
        "training": visit.site.receiver.training,
        "now": visit.now,
        "here": visit.address,
        "may_register": visit.may("registrar"),
        "may_administer": visit.may("administrator"),
    }
