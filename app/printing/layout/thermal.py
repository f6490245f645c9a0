"""A paper of an 80 mm roll as a thermal printer takes it: black dots and nothing else, since the code pages of these
printers have no Vietnamese. ESC/POS: ESC @ begins, GS v 0 draws a band of dots, GS V feeds and cuts."""

from collections.abc import Iterator

DOTS_PER_INCH = 203
PRINTABLE_DOTS = 576
"""Dots across 72 mm, what the head of an 80 mm printer reaches."""

INITIALISE = b"\x1b@"
CUT = b"\x1dVB\x00"
_BAND_ROWS = 240
"""Lines of dots sent at once: small printers hold little."""
_BLACK_BELOW = 160
"""Grey below which a dot is burnt: hair lines and thin strokes of a serif face stay whole."""


def escpos_commands(pdf: bytes) -> bytes:
    """What a thermal printer is sent: each page drawn at its own dots, cut after each."""
    return b"".join([INITIALISE, *(part for dots, lines in page_bitmaps(pdf) for part in (*_bands(dots, lines), CUT))])


def page_bitmaps(pdf: bytes) -> Iterator[tuple[bytes, int]]:
    """Each page as rows of 72 bytes, one bit a dot, 1 burnt, the highest bit leftmost; and how many rows."""
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
    across = PRINTABLE_DOTS // 8
    for top in range(0, lines, _BAND_ROWS):
        tall = min(_BAND_ROWS, lines - top)
        head = b"\x1dv0\x00" + across.to_bytes(2, "little") + tall.to_bytes(2, "little")
        yield head + dots[top * across : (top + tall) * across]
