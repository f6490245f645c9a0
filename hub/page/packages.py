"""Pages of the packages for the offices."""

from hashlib import sha256

from app.sync.package import KINDS, read_package
from hub.delivery.packages import PackageDraft, publish
from hub.page.endpoint import NOT_FOUND
from hub.page.site import Download, Html, Redirect, Reply, Visit
from hub.storage import browse, packages, senders

_MEDIA_TYPE = "application/vnd.motcua.down"
_MAX_TITLE = 300
_SHOWN_LINES = 200


def all_packages(visit: Visit) -> Reply:
    """Show the published packages, and the form for another one."""
    agencies = sorted({(row.agency_code, row.name) for row in senders.all_senders(visit.connection)})
    values = {"title": "Gói gửi xuống", "rows": packages.all_packages(visit.connection), "agencies": agencies}
    return Html("packages.html", values)


def download(visit: Visit) -> Reply:
    """Return a package as a file for a stick."""
    number = visit.path["number"]
    content = browse.package_content(visit.connection, number)
    return NOT_FOUND if content is None else Download(content, f"goi-{number}.mcdown", _MEDIA_TYPE)


def content(visit: Visit) -> Reply:
    """Show the manifest of a package and the first lines of its content."""
    data = browse.package_content(visit.connection, visit.path["number"])
    if data is None:
        return NOT_FOUND
    package = read_package(data, known_key=None)
    try:
        lines: list[str] | None = package.content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = None
    values = {
        "title": package.header.title,
        "header": package.header,
        "digest": sha256(package.content).hexdigest(),
        "size": len(package.content),
        "text": None if lines is None else "\n".join(lines[:_SHOWN_LINES]),
        "shown": _SHOWN_LINES,
        "cut": lines is not None and len(lines) > _SHOWN_LINES,
    }
    return Html("package.html", values)


def publish_form(visit: Visit) -> Reply:
    """Publish the content of the form."""
    upload, kind = visit.uploads.get("file"), visit.form.get("kind", "")
    if upload is None or kind not in KINDS:
        return Html("refusal.html", {"words": "Chọn loại gói và tệp nội dung rồi làm lại."}, 422)
    title = " ".join(visit.form.get("title", "").split())[:_MAX_TITLE]
    draft = PackageDraft(kind, visit.form.get("agency", "*"), title, None, visit.form.get("expires_at") or None)
    publish(visit.site.database, visit.site.keys, draft, upload.content, visit.account, visit.now)
    return Redirect("/packages")
