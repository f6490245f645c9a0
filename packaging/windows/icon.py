"""The program's icon: a white arch in a blue square, drawn in every size.

`python packaging/windows.py icon` writes `resources/icons/motcua.svg`, the same shapes for a page or a screen.
"""

import math
import struct
import zlib
from pathlib import Path

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_SAMPLES = 4
"""Samples of a pixel along each side."""
_BLUE, _WHITE, _GOLD = (0x1B, 0x5E, 0x9B), (0xFF, 0xFF, 0xFF), (0xF2, 0xB1, 0x34)
_CORNER = 0.2
_ARCH_LEFT, _ARCH_RIGHT, _ARCH_TOP, _ARCH_FOOT = 0.29, 0.71, 0.42, 0.84
_KNOB_X, _KNOB_Y, _KNOB_RADIUS = 0.61, 0.62, 0.05
_Colour = tuple[int, int, int]


def svg() -> str:
    """Return the icon as SVG, in a square of 256."""
    left, right, top, foot = (256 * each for each in (_ARCH_LEFT, _ARCH_RIGHT, _ARCH_TOP, _ARCH_FOOT))
    radius = (right - left) / 2
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">'
        f'<rect width="256" height="256" rx="{256 * _CORNER:g}" fill="{_hex(_BLUE)}"/>'
        f'<path d="M{left:g} {foot:g}V{top:g}A{radius:g} {radius:g} 0 0 1 {right:g} {top:g}V{foot:g}Z"'
        f' fill="{_hex(_WHITE)}"/>'
        f'<circle cx="{256 * _KNOB_X:g}" cy="{256 * _KNOB_Y:g}" r="{256 * _KNOB_RADIUS:g}" fill="{_hex(_GOLD)}"/>'
        "</svg>\n"
    )


def _hex(colour: _Colour) -> str:
    return "#" + bytes(colour).hex()


def _colour_at(x: float, y: float) -> _Colour | None:
    """Return the colour of a point of the unit square; None outside."""
    edge_x, edge_y = max(_CORNER - x, x - 1 + _CORNER, 0.0), max(_CORNER - y, y - 1 + _CORNER, 0.0)
    if math.hypot(edge_x, edge_y) > _CORNER:
        return None
    if math.hypot(x - _KNOB_X, y - _KNOB_Y) <= _KNOB_RADIUS:
        return _GOLD
    middle = (_ARCH_LEFT + _ARCH_RIGHT) / 2
    in_leaf = _ARCH_LEFT <= x <= _ARCH_RIGHT and _ARCH_TOP <= y <= _ARCH_FOOT
    in_arch = y < _ARCH_TOP and math.hypot(x - middle, y - _ARCH_TOP) <= _ARCH_RIGHT - middle
    return _WHITE if in_leaf or in_arch else _BLUE


def pixels(size: int) -> list[bytes]:
    """Return the rows of the icon as RGBA."""
    return [b"".join(_pixel(column, line, size) for column in range(size)) for line in range(size)]


def _pixel(column: int, line: int, size: int) -> bytes:
    points = [(place + 0.5) / _SAMPLES for place in range(_SAMPLES)]
    samples = [_colour_at((column + x) / size, (line + y) / size) for y in points for x in points]
    inside = [sample for sample in samples if sample is not None]
    if not inside:
        return bytes(4)
    mean = (sum(channel) // len(inside) for channel in zip(*inside, strict=True))
    return bytes((*mean, 255 * len(inside) // len(samples)))


def png(size: int) -> bytes:
    """Return the icon as a PNG file."""
    rows = b"".join(b"\0" + row for row in pixels(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


def _bitmap(size: int) -> bytes:
    """Return the icon as the bitmap of an ICO file.

    The bottom row is first, blue before red, and the mask is empty.
    """
    rows = [_bgra(row) for row in reversed(pixels(size))]
    mask = bytes((size + 31) // 32 * 4 * size)
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, size * size * 4 + len(mask), 0, 0, 0, 0)
    return header + b"".join(rows) + mask


def _bgra(row: bytes) -> bytes:
    return b"".join(bytes((row[at + 2], row[at + 1], row[at], row[at + 3])) for at in range(0, len(row), 4))


def ico() -> bytes:
    """Return the icon file with all sizes."""
    images = [png(size) if size == 256 else _bitmap(size) for size in SIZES]
    offset, entries = 6 + 16 * len(images), []
    for size, image in zip(SIZES, images, strict=True):
        entries.append(struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset))
        offset += len(image)
    return struct.pack("<HHH", 0, 1, len(images)) + b"".join(entries) + b"".join(images)


def write(file: Path) -> None:
    """Write the icon file."""
    file.write_bytes(ico())
