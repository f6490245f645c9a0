"""Codes read back from a PDF at the resolution of a thermal printer."""

from dataclasses import dataclass

DOTS_PER_INCH = 203


@dataclass(frozen=True)
class PageCodes:
    """The texts of the codes on one page, by kind."""

    barcodes: tuple[str, ...]
    qr_codes: tuple[str, ...]


def read_codes(pdf: bytes) -> tuple[PageCodes, ...]:
    """Return the codes of every page, rendered in grey."""
    import pypdfium2
    import zxingcpp

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_read_page(page, zxingcpp) for page in document)
    finally:
        document.close()


def _read_page(page: "object", zxingcpp: "object") -> PageCodes:
    picture = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()  # type: ignore[attr-defined]
    codes = zxingcpp.read_barcodes(picture)  # type: ignore[attr-defined]
    qr_codes = [code.text for code in codes if code.format.name == "QRCode"]
    return PageCodes(tuple(code.text for code in codes if code.format.name == "Code128"), tuple(qr_codes))
