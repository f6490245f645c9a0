"""Parts of an XLSX container, read with limits.

Nothing of the container is unpacked to disk. Every part is read in pieces and counted, because the sizes that a zip
declares may be false.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from app.models.errors import Refusal

_MAX_PART_BYTES = 192 * 1024 * 1024
_MAX_ENTRIES = 5_000
_MAX_STRINGS = 1_000_000
_MAX_STRING_CHARACTERS = 64_000_000
_MAX_DEPTH = 60
_PIECE = 256 * 1024
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

Attributes = dict[str, str]
OnStart = Callable[[str, Attributes], None]
OnEnd = Callable[[str], None]
OnText = Callable[[str], None]


_BROKEN_ARCHIVE = (BadZipFile, ValueError, OSError, NotImplementedError)
"""What zipfile raises for bytes in memory that are no sound archive.

ValueError is a field out of range, OSError a place before the start, NotImplementedError a newer format. No disk is
read, so that OSError is no fault of the machine, and the cause has only bytes of the file.
"""
_BROKEN_MEMBER = (BadZipFile, KeyError, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError)
"""What zipfile raises for a broken member: also its missing end, broken compression, and a password (RuntimeError)."""


class Container:
    """The parts of a workbook.

    Raises Refusal `table_unreadable`, `table_password`, `table_bomb`, `table_external`.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = ZipFile(io.BytesIO(content))
            self._names = {entry.lower(): entry for entry in self._zip.namelist()[: _MAX_ENTRIES + 1]}
        except _BROKEN_ARCHIVE:
            raise self.refusal("table_unreadable") from None
        if len(self._names) > _MAX_ENTRIES:
            raise self.refusal("table_bomb")
        if any(entry.startswith("xl/externallinks/") for entry in self._names):
            raise self.refusal("table_external")

    def refusal(self, code: str, **values: Any) -> Refusal:
        """Return a refusal that names the file."""
        return Refusal(code, "file", file=self.name, **values)

    def has(self, part: str) -> bool:
        """Return whether a part exists."""
        return part.lower() in self._names

    def parse(self, part: str, start: OnStart, end: OnEnd | None = None, text: OnText | None = None) -> None:
        """Parse a part; its elements are reported by local name.

        A document type is refused because it may expand without end.
        """
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        depth = 0

        def on_start(tag: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > _MAX_DEPTH:
                raise self.refusal("table_bomb")
            start(tag.rpartition("\n")[2], attributes)

        def on_end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(tag.rpartition("\n")[2])

        parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            for piece in self._pieces(part):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError):
            raise self.refusal("table_unreadable") from None

    def _refuse_doctype(self, *_: object) -> None:
        raise self.refusal("table_bomb")

    def _pieces(self, part: str) -> Iterator[bytes]:
        size = 0
        try:
            info = self._zip.getinfo(self._names[part.lower()])
            if info.file_size > _MAX_PART_BYTES:
                raise self.refusal("table_bomb")
            if info.flag_bits & 1:
                raise self.refusal("table_password")
            with self._zip.open(info) as stream:
                while piece := _read(stream):
                    size += len(piece)
                    if size > _MAX_PART_BYTES:
                        raise self.refusal("table_bomb")
                    yield piece
        except _BROKEN_MEMBER:
            raise self.refusal("table_unreadable") from None


def _read(stream: IO[bytes]) -> bytes:
    return stream.read(_PIECE)


@dataclass
class WorkbookFacts:
    """What a workbook declares about its sheets.

    `sheets` are the visible ones as names of parts. `dates_from_1904` is the calendar of old Macs. `stale` is true if
    the results of formulas are to be calculated when a spreadsheet opens the file.
    """

    sheets: list[str] = field(default_factory=list)
    dates_from_1904: bool = False
    stale: bool = False


def read_workbook_facts(container: Container) -> WorkbookFacts:
    """Return the visible sheets in order, and the settings of the workbook."""
    facts, sheet_ids, targets = WorkbookFacts(), list[str](), dict[str, str]()

    def on_workbook(tag: str, attributes: Attributes) -> None:
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            sheet_ids.append(_relation_id(attributes))
        elif tag == "workbookPr":
            facts.dates_from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "calcPr":
            facts.stale = attributes.get("fullCalcOnLoad") in ("1", "true")

    container.parse("xl/workbook.xml", on_workbook)
    _read_relations(container, targets)
    facts.sheets = [targets[each] for each in sheet_ids if "worksheets" in targets.get(each, "").lower()]
    return facts


def _read_relations(container: Container, targets: dict[str, str]) -> None:
    """Add the parts of the workbook by their ids."""

    def on_relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            if attributes.get("TargetMode") == "External":
                raise container.refusal("table_external")
            targets[attributes.get("Id", "")] = _part_name(attributes.get("Target", ""))

    if container.has("xl/_rels/workbook.xml.rels"):
        container.parse("xl/_rels/workbook.xml.rels", on_relation)


def _relation_id(attributes: Mapping[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.rpartition("\n")[2] == "id"), "")


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def read_shared_strings(container: Container) -> list[str]:
    """Return the shared texts; phonetic guides are left out."""
    reader = _StringReader(container)
    if container.has("xl/sharedStrings.xml"):
        container.parse("xl/sharedStrings.xml", reader.start, reader.end, reader.text)
    return reader.strings


class _StringReader:
    """Collects the shared texts, element by element."""

    def __init__(self, container: Container) -> None:
        self.strings: list[str] = []
        self._container = container
        self._pieces: list[str] = []
        self._depth = {"t": 0, "rPh": 0}
        self._characters = 0

    def start(self, tag: str, _attributes: Attributes) -> None:
        if tag in self._depth:
            self._depth[tag] += 1

    def end(self, tag: str) -> None:
        if tag in self._depth:
            self._depth[tag] -= 1
        elif tag == "si":
            self._finish()

    def _finish(self) -> None:
        self.strings.append("".join(self._pieces))
        self._characters += len(self.strings[-1])
        self._pieces.clear()
        if len(self.strings) > _MAX_STRINGS or self._characters > _MAX_STRING_CHARACTERS:
            raise self._container.refusal("table_bomb")

    def text(self, text: str) -> None:
        if self._depth["t"] and not self._depth["rPh"]:
            self._pieces.append(text)


def read_date_styles(container: Container) -> list[bool]:
    """Return for each cell style whether it shows a date."""
    if not container.has("xl/styles.xml"):
        return []
    custom: dict[str, bool] = {}
    styles: list[bool] = []
    within_cells = False

    def on_start(tag: str, attributes: Attributes) -> None:
        nonlocal within_cells
        if tag == "numFmt":
            custom[attributes.get("numFmtId", "")] = is_date_format(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            within_cells = True
        elif tag == "xf" and within_cells:
            number = attributes.get("numFmtId", "0")
            styles.append(custom.get(number, number.isdigit() and int(number[:6]) in _BUILT_IN_DATES))

    def on_end(tag: str) -> None:
        nonlocal within_cells
        within_cells = within_cells and tag != "cellXfs"

    container.parse("xl/styles.xml", on_start, on_end)
    return styles


def is_date_format(code: str) -> bool:
    """Return whether a number format shows a date, such as `dd/mm/yyyy`."""
    plain = _NOT_A_DATE.sub("", code.split(";", maxsplit=1)[0]).lower()
    return bool(re.search(r"[ydmh]", plain)) and not re.search(r"[0#?]", plain.replace("ss.000", ""))
