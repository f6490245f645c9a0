"""Packages of the receiver: shown, applied by a person, kept.

Nothing applies by itself, and nothing twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.received.changes import Change
from app.services.context import Context
from app.services.credentials import Credentials, second_approval
from app.services.packages.checked import CheckedPackage, check_package, store_package, verify_package
from app.services.packages.kinds import apply_content, plan_package
from app.services.packages.received import Received, received
from app.services.permissions import requires
from app.storage import office_settings
from app.storage.received import packages
from app.storage.uow import Reading, Writing
from app.sync.package import LAW
from app.sync.wire import signed_headers


@dataclass(frozen=True)
class PreviewPackage:
    """Query: what a package would change."""

    data: bytes = field(repr=False)


@dataclass(frozen=True)
class ApplyPackage:
    """Command: a person's yes to a package; a law package needs a second."""

    data: bytes = field(repr=False)
    second: Credentials | None = None


@dataclass(frozen=True)
class StorePackage:
    """Command: keep a fetched package until a person looks at it."""

    data: bytes = field(repr=False)


@dataclass(frozen=True)
class PackageResult:
    """A package and its changes; nothing changes again once it is applied."""

    kind: str
    number: int
    title: str
    changes: tuple[Change, ...]
    applied: bool


@dataclass(frozen=True)
class ShowReceived:
    """Query: what came from the receiver and concerns a person."""


@dataclass(frozen=True)
class SignRequest:
    """Query: the headers of a request; `path` includes the query."""

    method: str
    path: str


@dataclass(frozen=True)
class LastPackage:
    """Query: the number after which packages are fetched."""


@requires(Right.SEND_UP)
def preview_package(query: PreviewPackage, context: Context, work: Reading) -> PackageResult:
    """Return what a package would change; an applied one changes nothing.

    Raises Refusal as `check_package` and `plan_package` do.
    """
    checked = check_package(query.data, context, work)
    changes = () if checked.applied else plan_package(checked, context, work)
    return _result(checked, changes, checked.applied)


@requires(Right.EDIT_OFFICE)
def apply_package(command: ApplyPackage, context: Context, work: Writing) -> PackageResult:
    """Apply a package in one transaction and record the user.

    An applied package changes nothing.

    Raises Refusal as `check_package`, `plan_package`, `apply_content` and, for a law package, `second_approval` do.
    """
    checked = check_package(command.data, context, work)
    if checked.applied:
        return _result(checked, (), True)
    changes = plan_package(checked, context, work)
    if checked.header.kind == LAW:
        checked = replace(checked, approved_by=second_approval(command.second, context, work))
    stored = checked.row
    row_id = store_package(checked.package, context, command.data, work) if stored is None else stored.id
    apply_content(checked, row_id, context, work)
    packages.mark_applied(work, row_id, context.now, context.actor)
    work.commit()
    return _result(checked, changes, True)


@requires(Right.SEND_UP)
def keep_package(command: StorePackage, context: Context, work: Writing) -> bool:
    """Store a fetched package; return whether it is new.

    Raises Refusal as `verify_package` does, `package_old` for another package of the same number.
    """
    package = verify_package(command.data, context)
    row = packages.package_by_number(work, package.public_key.hex(), package.header.number)
    if row is not None and row.manifest_sha256 != package.manifest_sha256:
        raise Refusal("package_old", "file", number=row.number, last=row.number)
    if row is None:
        store_package(package, context, command.data, work)
        work.commit()
    return row is None


@requires(Right.READ_FIGURES)
def show_received(query: ShowReceived, context: Context, work: Reading) -> Received:
    """Return waiting packages, notices, and states that differ."""
    return received(context, work)


@requires(Right.SEND_UP)
def last_package(query: LastPackage, context: Context, work: Reading) -> int:
    """Return the highest stored number of the receiver, 0 for none."""
    return packages.last_number(work, context.office.receiver_signs)


@requires(Right.SEND_UP)
def sign_request(query: SignRequest, context: Context, work: Reading) -> Mapping[str, str]:
    """Return the headers with which the office asks its receiver for packages."""
    key = bytes.fromhex(office_settings.setting(work, office_settings.SIGNING_KEY))
    return signed_headers(query.method, query.path, context.office.receiver_signs, key)


def _result(checked: CheckedPackage, changes: tuple[Change, ...], applied: bool) -> PackageResult:
    header = checked.header
    return PackageResult(header.kind, header.number, header.title, changes, applied)
