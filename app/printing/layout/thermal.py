"""Documents for 80 mm thermal printers, as ESC/POS bitmaps.

Pages are sent as dots because the printers' code pages lack Vietnamese. ESC @ initialises, GS v 0 sends a band of dots,
GS V feeds and cuts.
"""

from collections.abc import Iterator

DOTS_PER_INCH = 203
PRINTABLE_DOTS = 576
"""Dots across 72 mm, the printable width of an 80 mm printer."""

INITIALISE = b"\x1b@"
CUT = b"\x1dVB\x00"
_BAND_ROWS = 240
"""Rows of dots per command, because small printers have little memory."""
_BLACK_BELOW = 160
"""Grey values below this are printed black, so that hairlines and thin serifs remain."""


def escpos_commands(pdf: bytes) -> bytes:
    """Return the commands that print a PDF and cut after each page."""
    return b"".join([INITIALISE, *(part for dots, lines in page_bitmaps(pdf) for part in (*_bands(dots, lines), CUT))])


def page_bitmaps(pdf: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield each page as rows of 72 bytes, with the number of rows.

    A bit is a dot, 1 for black, the highest bit leftmost.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            grey = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
            left = (grey.width - PRINTABLE_DOTS) // 2
            middle = grey.crop((left, 0, left + PRINTABLE_DOTS, grey.height))
            yield (
                middle.point(lambda shade: 255 if shade < _BLACK_BELOW else 0).convert("1", dither=0).tobytes(),
                grey.height,
            )
    finally:
        document.close()


def _bands(dots: bytes, lines: int) -> Iterator[bytes]:
    row_bytes = PRINTABLE_DOTS // 8
    for top in range(0, lines, _BAND_ROWS):
        rows = min(_BAND_ROWS, lines - top)
        head = b"\x1dv0\x00" + row_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little")
        yield head + dots[top * row_bytes : (top + rows) * row_bytes]
