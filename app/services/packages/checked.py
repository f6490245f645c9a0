"""Packages of the receiver: verified, and checked against those applied."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.models.errors import Refusal
from app.models.instants import OFFICE_TIME, iso, local_day, office_instant
from app.services.context import Context
from app.storage.received import packages
from app.storage.received.rows import PackageRow
from app.storage.uow import Reading, Writing
from app.sync.errors import BundleRefused
from app.sync.package import ANY_AGENCY, Package, PackageHeader, read_package


@dataclass(frozen=True)
class CheckedPackage:
    """A package for this office; `row` is None if it is not stored yet.

    `approved_by` is the second person of a package that needs two.
    """

    package: Package
    row: PackageRow | None
    approved_by: str | None = None

    @property
    def header(self) -> PackageHeader:
        """What the package is."""
        return self.package.header

    @property
    def applied(self) -> bool:
        """Whether a person has applied it."""
        return self.row is not None and self.row.applied_at is not None

    @property
    def first_day(self) -> date | None:
        """The day from which the content applies, None for the day of use."""
        start = self.header.valid_from
        return None if start is None else local_day(_instant(start))


def check_package(data: bytes, context: Context, work: Reading) -> CheckedPackage:
    """Verify a package and return it.

    Raises Refusal with the codes of `read_package`; `bundle_unknown_key` also if the office trusts no receiver;
    `package_other_office`, `package_expired`, `package_old`.
    """
    package = verify_package(data, context)
    header = package.header
    row = packages.package_by_number(work, package.public_key.hex(), header.number)
    if row is not None and row.manifest_sha256 == package.manifest_sha256 and row.applied_at is not None:
        return CheckedPackage(package, row)
    _check_expiry(header, context)
    last = packages.last_applied(work, package.public_key.hex(), header.kind)
    if header.number <= last or (row is not None and row.manifest_sha256 != package.manifest_sha256):
        raise Refusal("package_old", "file", number=header.number, last=max(last, header.number))
    return CheckedPackage(package, row)


def verify_package(data: bytes, context: Context) -> Package:
    """Return a package that the office's receiver signed for it.

    Raises Refusal with the codes of `read_package`, `package_other_office`.
    """
    own = context.office.agency_code
    try:
        package = read_package(data, known_key=bytes.fromhex(context.office.receiver_signs))
    except BundleRefused as refused:
        raise Refusal(refused.code, "file", **refused.values) from refused
    if package.header.agency not in (ANY_AGENCY, own):
        header = package.header
        raise Refusal("package_other_office", "file", number=header.number, agency=header.agency, own=own)
    return package


def stored_package(row: PackageRow) -> Package:
    """Return a package that was verified when it was stored."""
    return read_package(row.file, known_key=bytes.fromhex(row.public_key))


def store_package(package: Package, context: Context, data: bytes, work: Writing) -> int:
    """Insert a package; return its row id. The caller commits."""
    header = package.header
    return packages.add_package(
        work,
        {
            "public_key": package.public_key.hex(),
            "number": header.number,
            "kind": header.kind,
            "title": header.title,
            "expires_at": expiry(header),
            "made_at": _instant(header.made_at),
            "received_at": context.now,
            "manifest_sha256": package.manifest_sha256,
            "file": data,
            "applied_at": None,
            "applied_by": None,
        },
    )


def expiry(header: PackageHeader) -> datetime | None:
    """Return the last instant of a package; a day ends at midnight."""
    end = header.expires_at
    if end is None:
        return None
    return _instant(end) if "T" in end else _instant(end) + timedelta(days=1, seconds=-1)


def _check_expiry(header: PackageHeader, context: Context) -> None:
    end = expiry(header)
    if end is not None and end < context.now:
        raise Refusal("package_expired", "file", number=header.number, day=(iso(end) or "")[:10])


def _instant(text: str) -> datetime:
    if "T" in text:
        return office_instant(text)
    return datetime.combine(date.fromisoformat(text), time(), OFFICE_TIME)
