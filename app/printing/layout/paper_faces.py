"""Faces of papers with what reportlab needs to measure and embed text.

reportlab keeps a whole font file and its tables as Python objects, 2.5 MB for each face. Here the outlines stay in the
file, the tables are arrays, and faces with the same characters share them.
"""

import threading
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import finalize

from reportlab.pdfbase.ttfonts import TTFontFace

_BLOCK = 512
"""Bytes that are read from a font file at once; the outlines of a paper are in some hundred blocks."""
_HEAD_OF_TABLE = {"post": 16}
"""Tables of which reportlab reads the beginning alone."""


class _FontFile:
    """The bytes of a font file by slices; blocks that were read are kept.

    The file stays open, so that it is the same one after an update of the program.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        finalize(self, self._file.close)
        self._blocks: dict[int, bytes] = {}
        self._lock = threading.Lock()

    def __getitem__(self, part: slice) -> bytes:
        start, stop = part.start, part.stop
        first = start // _BLOCK
        content = b"".join(self._block(number) for number in range(first, (stop - 1) // _BLOCK + 1))
        return content[start - first * _BLOCK : stop - first * _BLOCK]

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            with self._lock:
                self._file.seek(number * _BLOCK)
                self._blocks[number] = self._file.read(_BLOCK)
        return self._blocks[number]


class _Outlines:
    """The table of outlines by slices, relative to its start."""

    def __init__(self, file: _FontFile, start: int) -> None:
        self._file, self._start = file, start

    def __getitem__(self, part: slice) -> bytes:
        return self._file[part.start + self._start : part.stop + self._start]


class _Metrics:
    """Advance width and left side bearing by glyph."""

    def __init__(self, pairs: Sequence[tuple[float, int]]) -> None:
        self._advances = array("H", (int(advance) for advance, _ in pairs))
        self._bearings = array("H", (bearing for _, bearing in pairs))

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        return self._advances[glyph], self._bearings[glyph]


class Glyphs(Mapping[int, int]):
    """Glyph by code point."""

    def __init__(self, glyphs: Mapping[int, int]) -> None:
        self.points = array("I", sorted(glyphs))
        self._numbers = array("H", (glyphs[point] for point in self.points))

    def place(self, point: int) -> int | None:
        """Return the place of a code point in `points`; None without glyph."""
        place = bisect_left(self.points, point)
        return place if place < len(self.points) and self.points[place] == point else None

    def __getitem__(self, point: int) -> int:
        place = self.place(point)
        if place is None:
            raise KeyError(point)
        return self._numbers[place]

    def __iter__(self) -> Iterator[int]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    def equals(self, other: "Glyphs") -> bool:
        """Return whether both have the same glyphs."""
        return self.points == other.points and self._numbers == other._numbers


class _Widths(dict[int, float]):
    """Width by code point; those of used characters alone are objects."""

    def __init__(self, glyphs: Glyphs, widths: Mapping[int, float], default: float) -> None:
        super().__init__()
        self._glyphs, self._default = glyphs, default
        self._all = array("d", (widths.get(point, default) for point in glyphs))

    def __missing__(self, point: int) -> float:
        place = self._glyphs.place(point)
        width = self[point] = self._default if place is None else self._all[place]
        return width


class PaperFace(TTFontFace):  # type: ignore[misc]  # reportlab has no types
    """A face that was read by reportlab, without what only its reading needs.

    `glyphs` are the characters of another face; they are shared if they are the same.
    """

    def __init__(self, read: Any, path: Path, glyphs: Glyphs | None) -> None:
        self.__dict__.update(read.__dict__)
        self._ttf_data = _FontFile(path)
        self.glyphToChar: dict[int, list[int]] = {}
        own = Glyphs(read.charToGlyph)
        self.charToGlyph = glyphs if glyphs is not None and glyphs.equals(own) else own
        self.charWidths = _Widths(self.charToGlyph, read.charWidths, read.defaultWidth)
        self.hmetrics = _Metrics(read.hmetrics)
        self.glyphPos = array("I", read.glyphPos)

    def getCharWidth(self, code: int) -> float:
        """Return the width of a code point."""
        return self.charWidths[code]

    def get_table(self, tag: str) -> Any:
        """Return the bytes of a table; of the outlines, what a slice reads.

        Raises KeyError for a table that the face lacks.
        """
        start, length = self.get_table_pos(tag)
        if tag == "glyf":
            return _Outlines(self._ttf_data, start)
        return self._ttf_data[start : start + _HEAD_OF_TABLE.get(tag, length)]
