"""The zip container of a sync file: stored, without dates.

It is written and read here byte by byte for two reasons. The same members give the same bytes on every Python version.
Invalid bytes raise BundleRefused and no other error.
"""

import struct
import zlib
from collections.abc import Mapping

from app.sync.errors import BundleRefused, shorten

MAX_FILE_BYTES = 96 * 2**20
"""Maximum size of a sync file."""

MAX_MEMBERS = 4

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_NEEDED = 20  # version 2.0, the lowest of the zip format
_FIRST_DAY = 0x21  # 1 January 1980, the first date of the zip format; the real date is in the manifest


def pack(members: Mapping[str, bytes]) -> bytes:
    """Return a stored zip of the members in their order.

    The same members always give the same bytes.

    Raises BundleRefused `bundle_too_big` if a receiver would refuse it.
    """
    local, central = bytearray(), bytearray()
    for name, content in members.items():
        size, label = len(content), name.encode("ascii")
        fields = (_NEEDED, 0, 0, 0, _FIRST_DAY, zlib.crc32(content), size, size, len(label), 0)
        central += _CENTRAL.pack(_CENTRAL_MARK, _NEEDED, *fields, 0, 0, 0, 0, len(local)) + label
        local += _LOCAL.pack(_LOCAL_MARK, *fields) + label + content
    end = _END.pack(_END_MARK, 0, 0, len(members), len(members), len(central), len(local), 0)
    packed = bytes(local + central + end)
    _check_size(packed)
    return packed


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the members of a stored zip by name, in their order.

    `check_layout` checks that the file holds nothing else.

    Raises BundleRefused `bundle_not_zip`, `bundle_too_big`, `bundle_incomplete` (truncated), `bundle_layout`
    (packed by another program), `bundle_members` (too many, or a repeated name), `bundle_damaged`.
    """
    if not data.startswith(_LOCAL_MARK):
        raise BundleRefused("bundle_not_zip")
    _check_size(data)
    members: dict[str, bytes] = {}
    at = 0
    while data[at : at + 4] == _LOCAL_MARK:
        name, content, at = _member(data, at)
        if name in members or len(members) == MAX_MEMBERS:
            raise BundleRefused("bundle_members", name=shorten(name))
        members[name] = content
    if len(data) < at + 4:
        raise BundleRefused("bundle_incomplete")
    return members


def check_layout(data: bytes, members: Mapping[str, bytes]) -> None:
    """Refuse a file that differs from `pack` of its members in any byte.

    Raises BundleRefused `bundle_incomplete` if the end is missing, else `bundle_layout`.
    """
    expected = pack(members)
    if data != expected:
        raise BundleRefused("bundle_incomplete" if expected.startswith(data) else "bundle_layout")


def _member(data: bytes, at: int) -> tuple[str, bytes, int]:
    if len(data) < at + _LOCAL.size:
        raise BundleRefused("bundle_incomplete")
    _, _, flags, method, _, _, crc, packed, size, label, extra = _LOCAL.unpack_from(data, at)
    if flags or method or packed != size or extra:
        raise BundleRefused("bundle_layout")
    begin = at + _LOCAL.size + label
    end = begin + size
    if len(data) < end:
        raise BundleRefused("bundle_incomplete")
    name = data[begin - label : begin].decode("ascii", "backslashreplace")
    content = data[begin:end]
    if zlib.crc32(content) != crc:
        raise BundleRefused("bundle_damaged", name=shorten(name))
    return name, content, end


def _check_size(data: bytes) -> None:
    if len(data) > MAX_FILE_BYTES:
        raise BundleRefused("bundle_too_big", name="zip", limit=MAX_FILE_BYTES)
