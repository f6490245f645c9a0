"""Reading a paper as a scanner would: each page drawn at a thermal printer's dots, every code on it read."""

from dataclasses import dataclass

DOTS_PER_INCH = 203


@dataclass(frozen=True)
class PageCodes:
    """What a scanner reads off one page: the bars' digits, and the texts of its QR codes."""

    barcodes: tuple[str, ...]
    qr_codes: tuple[str, ...]


def read_codes(pdf: bytes, dpi: int = DOTS_PER_INCH) -> tuple[PageCodes, ...]:
    """The codes of every page, each page drawn in grey at `dpi`."""
    import pypdfium2
    import zxingcpp

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_read_page(page, dpi, zxingcpp) for page in document)
    finally:
        document.close()


def _read_page(page: "object", dpi: int, zxingcpp: "object") -> PageCodes:
    picture = page.render(scale=dpi / 72, grayscale=True).to_pil()  # type: ignore[attr-defined]
    found = zxingcpp.read_barcodes(picture)  # type: ignore[attr-defined]
    squares = [code.text for code in found if code.format.name == "QRCode"]
    return PageCodes(tuple(code.text for code in found if code.format.name == "Code128"), tuple(squares))
