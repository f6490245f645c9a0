"""Documents round-trip through the journal; PDFs are deterministic."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.document_values.registry import form_of
from app.printing.documents.serialize import from_json, to_json
from app.printing.render import render
from tests.support import document_samples, other_document_samples

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    document_samples.RECEIPT,
    replace(
        document_samples.RECEIPT,
        due_at=None,
        fee=None,
        applicant=document_samples.SUBMITTER,
        principal=document_samples.PRINCIPAL,
    ),
    replace(document_samples.RECEIPT, pages=4, copies=3, exempt="Hộ nghèo"),
    document_samples.SLIP,
    replace(document_samples.SLIP, legs=()),
    *other_document_samples.SAMPLES.values(),
]
DIGEST = """
import hashlib
from app.models.enums import PaperSize
from app.printing.render import render
from tests.support import document_samples
for doc in (document_samples.SLIP, document_samples.long_receipt(), document_samples.RECEIPT):
    print(hashlib.sha256(render(doc, PaperSize.A5)).hexdigest())
"""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_json_round_trip(document):
    stored = json.loads(json.dumps(to_json(document)))
    assert stored["template"] == f"{form_of(document).removesuffix('-list')}/1"
    again = from_json(stored)
    assert again == document
    assert render(again, PaperSize.A5) == render(document, PaperSize.A5)


def test_later_field_takes_its_default():
    stored = to_json(document_samples.RECEIPT)
    del stored["lookup"]
    assert from_json(stored) == replace(document_samples.RECEIPT, lookup="")


def test_unknown_layout_is_refused():
    with pytest.raises(Refusal) as refused:
        from_json({**to_json(document_samples.RECEIPT), "template": "receipt/99"})
    assert refused.value.code == "paper_template_unknown"
    with pytest.raises(Refusal):
        from_json({})


@pytest.mark.parametrize("change", [{"papers": 3}, {"quantity": "một"}, {"head": None}, {"submitter": {"name": 5}}])
def test_damaged_document_is_refused(change):
    with pytest.raises(Refusal) as refused:
        from_json({**to_json(document_samples.RECEIPT), **change})
    assert refused.value.code == "paper_damaged"


def test_missing_field_is_refused():
    stored = to_json(document_samples.RECEIPT)
    del stored["submitter"]
    with pytest.raises(Refusal) as refused:
        from_json(stored)
    assert refused.value.code == "paper_damaged"


def test_rendering_is_deterministic_across_processes():
    def digests(seed):
        ran = subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "America/Lima"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return ran.stdout.split()

    here = [document_samples.SLIP, document_samples.long_receipt(), document_samples.RECEIPT]
    mine = [hashlib.sha256(render(doc, PaperSize.A5)).hexdigest() for doc in here]
    assert digests("1") == digests("2") == mine


class RecordingCanvas:
    """A canvas that records every call, as benchmarks do."""

    def __init__(self, *args, **kwargs):
        self.calls = []
        self._named = kwargs
        self._canvas = Canvas(*args, **kwargs)

    def __getattr__(self, name):
        def call(*args, **kwargs):
            self.calls.append((name, args, kwargs))
            return getattr(self._canvas, name)(*args, **kwargs)

        return call


def test_recorded_canvas_calls_replay_to_the_same_pdf(tmp_path):
    canvases = []

    def factory(*args, **kwargs):
        canvases.append(RecordingCanvas(*args, **kwargs))
        return canvases[-1]

    pdf = render(document_samples.RECEIPT, PaperSize.A5, canvas_factory=factory)
    again = Canvas(str(tmp_path / "again.pdf"), **canvases[0]._named)
    for name, args, kwargs in canvases[0].calls:
        getattr(again, name)(*args, **kwargs)
    assert (tmp_path / "again.pdf").read_bytes() == pdf
