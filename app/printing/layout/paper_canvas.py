"""PDF files of papers, written directly.

reportlab draws the same page in ten times the time, because it cuts and compresses the faces for every file and writes
each number through several calls. The methods are those of its Canvas that papers need.
"""

import zlib
from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Iterator, Sequence
from hashlib import md5
from io import BytesIO
from math import cos, radians, sin

from reportlab.pdfbase.pdfmetrics import getFont

from app.printing.layout.face_subsets import DocumentFace, PdfFont

_COMPRESSION = 3
"""Pages are mostly numbers, which a higher level shrinks by a few per cent only."""
_DATE = "D:20000101000000+00'00'"
"""The same in every file, so that a document has the same bytes each time."""


class PaperCanvas:
    """A canvas with the methods of reportlab's Canvas that papers need.

    The arguments are those of Canvas. Lengths are points from the lower left corner.
    """

    def __init__(self, out: BytesIO, invariant: bool, initialFontName: str, lang: str) -> None:
        self._out, self._lang = out, lang
        self._title = ""
        self._size = (0.0, 0.0)
        self._pages: list[tuple[tuple[float, float], bytes]] = []
        self._code: list[str] = []
        self._faces: dict[str, DocumentFace] = {}
        self._font = (initialFontName, 0.0)
        self._in_text = False
        self._written_font: tuple[str, float] | None = None

    def setTitle(self, title: str) -> None:
        """Set the title of the file."""
        self._title = title

    def setPageSize(self, size: tuple[float, float]) -> None:
        """Set the size of the page, in points."""
        self._size = size

    def setFont(self, face: str, size: float) -> None:
        """Set the face and the type size of the text that follows."""
        self._font = (face, size)

    def drawString(self, x: float, y: float, text: str, mode: int | None = None) -> None:
        """Draw a text that begins at (x, y); `mode` 1 draws its outline."""
        if not self._in_text:
            self._in_text, self._written_font = True, None
            self._code.append("BT")
        face, size = self._font
        shown = []
        for name, codes in self._face(face).encode(text):
            if self._written_font != (name, size):
                self._written_font = (name, size)
                shown.append(f"/{name} {size:.4f} Tf")
            shown.append(f"({codes}) Tj")
        rendering = "" if mode is None else f"{mode} Tr "
        self._code.append(f"{rendering}1 0 0 1 {x:.4f} {y:.4f} Tm {' '.join(shown)}")

    def _face(self, name: str) -> DocumentFace:
        if name not in self._faces:
            self._faces[name] = DocumentFace(getFont(name), f"F{len(self._faces) + 1}")
        return self._faces[name]

    def addLiteral(self, code: str) -> None:
        """Add code of a page's content."""
        if self._in_text:
            self._in_text = False
            self._code.append("ET")
        self._code.append(code)

    def lines(self, lines: Iterable[tuple[float, float, float, float]]) -> None:
        """Draw lines from (x0, y0) to (x1, y1)."""
        paths = (f"{x0:.4f} {y0:.4f} m {x1:.4f} {y1:.4f} l" for x0, y0, x1, y1 in lines)
        self.addLiteral(f"{' '.join(paths)} S")

    def setLineWidth(self, width: float) -> None:
        """Set the width of lines."""
        self.addLiteral(f"{width:.4f} w")

    def setFillGray(self, grey: float) -> None:
        """Set the grey of areas and text; 0 is black."""
        self.addLiteral(f"{grey:.4f} g")

    def setStrokeGray(self, grey: float) -> None:
        """Set the grey of lines; 0 is black."""
        self.addLiteral(f"{grey:.4f} G")

    def saveState(self) -> None:
        """Save colours and coordinates up to `restoreState`."""
        self.addLiteral("q")

    def restoreState(self) -> None:
        """Restore colours and coordinates."""
        self.addLiteral("Q")

    def translate(self, x: float, y: float) -> None:
        """Move the origin."""
        self.addLiteral(f"1 0 0 1 {x:.6f} {y:.6f} cm")

    def scale(self, x: float, y: float) -> None:
        """Scale the coordinates."""
        self.addLiteral(f"{x:.6f} 0 0 {y:.6f} 0 0 cm")

    def rotate(self, degrees: float) -> None:
        """Turn the coordinates counterclockwise."""
        cosine, sine = cos(radians(degrees)), sin(radians(degrees))
        self.addLiteral(f"{cosine:.6f} {sine:.6f} {-sine:.6f} {cosine:.6f} 0 0 cm")

    def showPage(self) -> None:
        """End the page."""
        self.addLiteral("")
        content = "\n".join(self._code).encode("latin-1")
        self._pages.append((self._size, zlib.compress(content, _COMPRESSION)))
        self._code = []

    def save(self) -> None:
        """Write the file."""
        self._out.write(_file(self._objects()))

    def _objects(self) -> list[bytes]:
        """Return the objects of the file: catalogue, information, pages, fonts."""
        fonts = [font for face in self._faces.values() for font in face.fonts()]
        first_font = 5 + 2 * len(self._pages)
        names = " ".join(f"/{name} {first_font + 4 * number} 0 R" for number, (name, _) in enumerate(fonts))
        kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(self._pages)))
        objects = [
            f"<< /Type /Catalog /Pages 3 0 R /Lang ({self._lang}) /PageMode /UseNone >>".encode(),
            f"<< /Title {_text(self._title)} /CreationDate ({_DATE}) /ModDate ({_DATE}) >>".encode(),
            f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>".encode(),
            f"<< /Font << {names} >> /ProcSet [/PDF /Text] >>".encode(),
        ]
        for number, ((width, height), content) in enumerate(self._pages):
            box = f"/MediaBox [0 0 {width:.4f} {height:.4f}]"
            page = f"<< /Type /Page /Parent 3 0 R {box} /Resources 4 0 R /Contents {6 + 2 * number} 0 R >>"
            objects += [page.encode(), _stream(content)]
        for _, font in fonts:
            objects += _font_objects(font, len(objects) + 1)
        return objects


def _font_objects(font: PdfFont, number: int) -> Iterator[bytes]:
    """Yield the four objects of a font; `number` is that of the first."""
    last = font.widths.count(" ")
    yield (
        f"<< /Type /Font /Subtype /TrueType /BaseFont /{font.name} /FirstChar 0 /LastChar {last}"
        f" /Widths [{font.widths}] /FontDescriptor {number + 1} 0 R /ToUnicode {number + 2} 0 R >>"
    ).encode()
    yield (f"<< /Type /FontDescriptor /FontName /{font.name} {font.descriptor} /FontFile2 {number + 3} 0 R >>").encode()
    yield _stream(font.to_unicode)
    yield _stream(font.file, f" /Length1 {font.file_length}")


def _stream(content: bytes, entries: str = "") -> bytes:
    head = f"<< /Filter /FlateDecode /Length {len(content)}{entries} >>\nstream\n"
    return head.encode() + content + b"\nendstream"


def _text(text: str) -> str:
    return f"<{(BOM_UTF16_BE + text.encode('utf-16-be', 'replace')).hex()}>"


def _file(objects: Sequence[bytes]) -> bytes:
    """Return a file of objects: the first is the catalogue, then information."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    digest = md5(out, usedforsecurity=False).hexdigest()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 2 0 R /ID [<{digest}> <{digest}>] >>\n"
        f"startxref\n{len(out)}\n%%EOF\n"
    )
    return bytes(out) + tail.encode()
