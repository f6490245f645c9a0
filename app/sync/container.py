"""The zip around a sync file: stored, undated, written and read here byte by byte.

Written by hand because two things must hold on every Python an office or a receiver has: the same members give the
same bytes, and no bytes at all can make the reading fail in another way than `BundleRefused`.
"""

import struct
import zlib
from collections.abc import Mapping

from app.sync.errors import BundleRefused, shorten

MAX_FILE_BYTES = 96 * 2**20
"""Bytes of a whole sync file."""

MAX_MEMBERS = 4

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_NEEDED = 20  # the plainest version of the zip format
_FIRST_DAY = 0x21  # 1 January 1980, the first day a zip can name: the file tells its date in the manifest


def pack(members: Mapping[str, bytes]) -> bytes:
    """A stored zip of the members in their order; the same members always give the same bytes.

    Raises BundleRefused `bundle_too_big` when no receiver would take it.
    """
    local, central = bytearray(), bytearray()
    for name, content in members.items():
        size, label = len(content), name.encode("ascii")
        about = (_NEEDED, 0, 0, 0, _FIRST_DAY, zlib.crc32(content), size, size, len(label), 0)
        central += _CENTRAL.pack(_CENTRAL_MARK, _NEEDED, *about, 0, 0, 0, 0, len(local)) + label
        local += _LOCAL.pack(_LOCAL_MARK, *about) + label + content
    end = _END.pack(_END_MARK, 0, 0, len(members), len(members), len(central), len(local), 0)
    whole = bytes(local + central + end)
    _check_size(whole)
    return whole


def unpack(data: bytes) -> dict[str, bytes]:
    """The members of a stored zip by name, read in their order; that nothing else is in the file is for
    `check_layout` to say.

    Raises BundleRefused: `bundle_not_zip`, `bundle_too_big`, `bundle_incomplete` (cut short), `bundle_layout`
    (packed by another program), `bundle_members` (too many, or one twice), `bundle_damaged`.
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
    """Refuses a file of which even one byte is not what packing these members gives: `bundle_incomplete` when the
    end is missing, else `bundle_layout`."""
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
