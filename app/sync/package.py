"""A package for offices (`.mcdown`), signed by the receiver.

It carries one content: a catalogue, calendar decisions, a law package, a notice, or states of dossiers.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.sync.canonical import parse_json
from app.sync.container import unpack
from app.sync.envelope import MANIFEST, MAX_MANIFEST_BYTES, FileKind, open_signed, pack_signed
from app.sync.errors import BundleRefused
from app.sync.field_checks import hexadecimal, integer_between, is_instant, nullable, one_of, single_line

FORMAT = "motcua-down"
VERSION = 1
CONTENT = "content"
CATALOGUE, CALENDAR, LAW, NOTICE, STATES = "catalogue", "calendar", "law", "notice", "states"
KINDS = (CATALOGUE, CALENDAR, LAW, NOTICE, STATES)
ANY_AGENCY = "*"


def is_day_or_instant(value: object) -> bool:
    """Accept a day `YYYY-MM-DD`, or an instant with offset."""
    if not isinstance(value, str):
        return False
    try:
        return is_instant(value) or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_KIND = FileKind(
    format=FORMAT,
    version=VERSION,
    shape={
        "format": one_of(FORMAT),
        "version": integer_between(1, VERSION),
        "number": integer_between(1),
        "kind": one_of(*KINDS),
        "agency": single_line(40),
        "title": single_line(300),
        "valid_from": nullable(is_day_or_instant),
        "expires_at": nullable(is_day_or_instant),
        "made_at": is_instant,
        "content_sha256": hexadecimal(64),
        "public_key": hexadecimal(64),
    },
    members={"content_sha256": (CONTENT,)},
)


@dataclass(frozen=True)
class PackageHeader:
    """What a package is and whom it is for.

    `number` rises per receiver. `kind` is one of `KINDS`. `agency` is the code of one office, or `*` for all.
    `valid_from` and `expires_at` are days or instants, None for no limit. `made_at` is an instant.
    """

    number: int
    kind: str
    agency: str
    title: str
    made_at: str
    valid_from: str | None = None
    expires_at: str | None = None


@dataclass(frozen=True)
class Package:
    """A package with verified signature and digest."""

    header: PackageHeader
    content: bytes
    public_key: bytes
    manifest_sha256: str


def write_package(header: PackageHeader, content: bytes, signing_key: bytes) -> bytes:
    """Return the bytes of a package; the same arguments give the same bytes.

    `signing_key` is the receiver's.

    Raises BundleRefused `bundle_manifest` with the field that does not fit, `bundle_too_big`.
    """
    return pack_signed(_KIND, asdict(header), {CONTENT: content}, signing_key)


def read_package(data: bytes, *, known_key: bytes | None) -> Package:
    """Read and verify a package.

    With `known_key` a package of another receiver is refused.

    Raises only BundleRefused, for any bytes, with the codes of `open_signed`.
    """
    opened = open_signed(_KIND, data, known_key)
    fields: dict[str, Any] = {name: opened.manifest[name] for name in PackageHeader.__dataclass_fields__}
    key = bytes.fromhex(opened.manifest["public_key"])
    return Package(PackageHeader(**fields), opened.members[CONTENT], key, opened.manifest_sha256)


def file_format(data: bytes) -> str | None:
    """Return the `format` that the manifest of a sync file names, or None.

    Nothing is verified except the container.

    Raises BundleRefused with the codes of `container`.
    """
    text = unpack(data).get(MANIFEST)
    if text is None or len(text) > MAX_MANIFEST_BYTES:
        raise BundleRefused("bundle_members", name=MANIFEST)
    try:
        manifest = parse_json(text)
    except ValueError as error:
        raise BundleRefused("bundle_json", name=MANIFEST, line=1) from error
    named = manifest.get("format") if isinstance(manifest, dict) else None
    return named if isinstance(named, str) else None
