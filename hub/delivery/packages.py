"""Publish a package for the offices below."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.sync.errors import BundleRefused
from app.sync.law_package import read_law_package
from app.sync.package import LAW, PackageHeader, is_day_or_instant, write_package
from hub.errors import Refused
from hub.keys import HubKeys
from hub.storage import packages
from hub.storage.database import Database
from hub.storage.packages import PackageRow
from hub.storage.receiver import record_act


@dataclass(frozen=True)
class PackageDraft:
    """What a person wants to publish; `agency` is a code or `*`.

    A law package without a title here is published under its own.
    """

    kind: str
    agency: str
    title: str
    valid_from: str | None = None
    expires_at: str | None = None


def publish(
    database: Database, keys: HubKeys, draft: PackageDraft, content: bytes, actor: str, now: datetime
) -> tuple[PackageRow, bytes]:
    """Sign and store a package under the next number.

    Returns its row and its bytes.

    Raises Refused `package_title`, `package_day`, `package_empty`; BundleRefused `bundle_too_big`, or like
    `read_law_package` for a law package; Busy.
    """
    _check(draft, content)
    if draft.kind == LAW:
        own = read_law_package(content).header.title
        draft = replace(draft, title=draft.title or own)
    with database.transaction() as connection:
        number = packages.next_number(connection)
        data = write_package(_header(draft, number, now), content, keys.signing_key)
        row = PackageRow(number, draft.kind, draft.agency, draft.title, now, len(data))
        packages.store(connection, row, data)
        record_act(connection, now, actor, "publish", f"{number} {draft.kind} {draft.agency}", draft.title)
    return row, data


def _check(draft: PackageDraft, content: bytes) -> None:
    if not content:
        raise Refused("package_empty")
    for day in (draft.valid_from, draft.expires_at):
        if day is not None and not is_day_or_instant(day):
            raise Refused("package_day", text=day[:40])


def _header(draft: PackageDraft, number: int, now: datetime) -> PackageHeader:
    header = PackageHeader(
        number=number,
        kind=draft.kind,
        agency=draft.agency,
        title=draft.title,
        made_at=now.isoformat(timespec="seconds"),
        valid_from=draft.valid_from,
        expires_at=draft.expires_at,
    )
    try:
        write_package(header, b"", bytes(32))
    except BundleRefused as refused:
        raise Refused("package_title") from refused
    return header
