"""Digests of laid-out documents: every text, line and code with its place."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.documents.dossier import BlankReceipt, Document
from app.printing.layout.page_flow import PdfPage
from tests.support import document_samples, other_document_samples
from tests.support.document_samples import RECEIPT

FORM_SETS = ("2025", "2018")
_FULL = replace(
    RECEIPT,
    applicant=other_document_samples.LONG_PARTY,
    principal=document_samples.PRINCIPAL,
    fee=12_000,
    exempt="Người cao tuổi (NQ 1)",
    pages=3,
    copies=4,
    co_applicants="Bùi A, Lý B",
    advice="Mang theo thẻ " * 8,
    lookup="Tra cứu: x.example; điện thoại 0123",
    volume="1/2026",
    serial="05",
)


def documents() -> dict[str, Document]:
    """Return every sample document, and a receipt with all its fields."""
    kinds = tuple(get_args(Document))
    modules = (document_samples, other_document_samples)
    samples = {name: value for module in modules for name, value in vars(module).items() if isinstance(value, kinds)}
    groups = (other_document_samples.SAMPLES, other_document_samples.CUSTOMER_FORMS)
    samples |= {f"sample {name}": value for group in groups for name, value in group.items()}
    samples |= {f"long {name}": value for name, value in other_document_samples.long_documents().items()}
    return samples | {
        "full": _FULL,
        "free": replace(_FULL, fee=0),
        "blank": BlankReceipt(document_samples.HEAD, document_samples.IDENTITY),
    }


def cases() -> Iterator[tuple[str, Document, PaperSize]]:
    """Yield each document of each set on each paper, with a name."""
    for name, document in documents().items():
        for form_set in FORM_SETS:
            for paper in PaperSize:
                head = replace(document.head, form_set=form_set)
                yield f"{name}|{form_set}|{paper.value}", replace(document, head=head), paper


def digest(pages: list[PdfPage] | Refusal) -> str:
    """Return the digest of pages, or the code of a refusal."""
    if isinstance(pages, Refusal):
        return pages.code
    content = [
        (
            round(page.width, 2),
            round(page.height, 2),
            sorted((round(x, 2), round(y, 2), round(size, 2), face, text) for x, y, size, face, text in page.runs),
            sorted(tuple(round(each, 2) for each in rule) for rule in page.rules),
            sorted((round(x, 2), round(y, 2), symbol.path, round(symbol.module, 3)) for x, y, symbol in page.codes),
        )
        for page in pages
    ]
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]
