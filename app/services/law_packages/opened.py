"""Law packages: verified, and trusted or not."""

import hmac
from dataclasses import dataclass, field

from app.models.errors import Refusal
from app.services.context import Context
from app.services.law_packages.content import LawContent, read_content
from app.services.law_packages.offered import is_shipped
from app.storage.law import packages
from app.storage.law.packages import LawPackageRow
from app.storage.uow import Reading
from app.sync.errors import BundleRefused
from app.sync.law_package import LawHeader, LawPackage, read_law_package
from app.sync.wire import fingerprint


@dataclass(frozen=True)
class OpenedLaw:
    """A trusted law package with its checked content.

    `row` is the stored package of the same id. `new_issuer` is true if this call confirms its issuer.
    """

    package: LawPackage
    content: LawContent
    row: LawPackageRow | None
    new_issuer: bool = False
    file: bytes = field(default=b"", repr=False)

    @property
    def header(self) -> LawHeader:
        """What the package is."""
        return self.package.header

    @property
    def in_force(self) -> bool:
        """Whether the office has applied it and not reverted it."""
        return self.row is not None and self.row.reverted_at is None


def open_law(data: bytes, typed: str, context: Context, work: Reading, *, carried: bool = False) -> OpenedLaw:
    """Verify a package, check who issued it, and read its content.

    Trusted are the packages under resources/law/, those signed by the office's receiver or `carried` in its package,
    confirmed issuers, and an issuer whose fingerprint is `typed`.

    Raises Refusal with the codes of `verified`, `law_issuer_unknown`, `law_fingerprint`, `law_id_taken`, and what
    `read_content` raises.
    """
    package = verified(data)
    new_issuer = not carried and not _is_trusted(data, package, context, work)
    if new_issuer:
        _compare_fingerprint(package, typed)
    row = packages.package_by_id(work, package.header.id)
    if row is not None and row.manifest_sha256 != package.manifest_sha256 and row.reverted_at is None:
        raise Refusal("law_id_taken", "file", id=row.package_id, title=row.title)
    return OpenedLaw(package, read_content(package.content, package.header), row, new_issuer, data)


def verified(data: bytes) -> LawPackage:
    """Return a package with verified signature and digest.

    Raises Refusal with the codes of `read_law_package`, which begin with `law_` here.
    """
    try:
        return read_law_package(data)
    except BundleRefused as refused:
        raise Refusal(f"law_{refused.code.removeprefix('bundle_')}", "file", **refused.values) from refused


def _is_trusted(data: bytes, package: LawPackage, context: Context, work: Reading) -> bool:
    key = package.public_key.hex()
    signs = context.office.receiver_signs
    return (bool(signs) and key == signs) or is_shipped(data) or packages.issuer_name(work, key) is not None


def _compare_fingerprint(package: LawPackage, typed: str) -> None:
    own = fingerprint(package.public_key)
    if not typed.strip():
        raise Refusal("law_issuer_unknown", "file", issuer=package.header.issuer[:80], fingerprint=own)
    digits = "".join(character for character in typed if character.isalnum())
    if not hmac.compare_digest(digits.encode(), own.replace(" ", "").encode()):
        raise Refusal("law_fingerprint", "fingerprint", fingerprint=own)
