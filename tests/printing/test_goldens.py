"""Usual documents compared with `tests/goldens`, line by line.

The goldens have positions in millimetres. After an intended change check the new documents and write the goldens with
`GOLDENS=write python -m pytest tests/printing/test_goldens.py`.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.models.enums import PaperSize
from app.printing.render import render
from tests.support import document_samples, other_document_samples
from tests.support.pdf_reading import lines, pages

GOLDENS = Path(__file__).resolve().parents[1] / "goldens"
CERTIFIED = replace(document_samples.RECEIPT, pages=4, copies=3, fee=0, exempt="Hộ nghèo")
PAPERS = {
    "receipt_a5": (document_samples.RECEIPT, PaperSize.A5),
    "receipt_a4": (document_samples.RECEIPT, PaperSize.A4),
    "receipt_80mm": (document_samples.RECEIPT, PaperSize.ROLL_80),
    "receipt_certified_a5": (CERTIFIED, PaperSize.A5),
    "receipt_certified_80mm": (CERTIFIED, PaperSize.ROLL_80),
    "receipt_long_a5": (document_samples.long_receipt(), PaperSize.A5),
    "control_a5": (document_samples.SLIP, PaperSize.A5),
    "control_a4": (document_samples.SLIP, PaperSize.A4),
    "control_long_a5": (document_samples.long_slip(), PaperSize.A5),
    **{
        f"{name}_a5": (paper, PaperSize.A5)
        for name, paper in other_document_samples.SAMPLES.items()
        if name != "register"
    },
    **{f"{name}_a4": (paper, PaperSize.A4) for name, paper in other_document_samples.SAMPLES.items()},
    **{
        f"{name}_{size.value.lower()}": (paper, size)
        for name, paper in other_document_samples.CUSTOMER_FORMS.items()
        for size in PaperSize
    },
    "fee_slip_transfer_a5": (other_document_samples.FEE_SLIP, PaperSize.A5),
    "cash_a4": (other_document_samples.CASH, PaperSize.A4),
    "cash_a5": (other_document_samples.CASH, PaperSize.A5),
    "supplement_long_a5": (other_document_samples.long_documents()["supplement"], PaperSize.A5),
}


@pytest.mark.parametrize("name", PAPERS)
def test_documents_match_their_goldens(name):
    printed = [[f"-- {number}", *lines(page)] for number, page in enumerate(pages(render(*PAPERS[name])), 1)]
    text = "\n".join(line for page in printed for line in page) + "\n"
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("GOLDENS") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
