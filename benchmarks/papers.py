"""Two receipts and a control slip up to PDF, against drawing alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.models.enums import PaperForm, PaperSize
from app.printing.layout.paper_canvas import PaperCanvas
from app.printing.layout.pdf_canvas import CanvasFactory
from app.printing.render import render
from app.resource_files import RESOURCES
from app.services.context import Context
from app.services.documents.builders import build_document, document_source
from app.services.documents.header import DocumentSource
from app.services.dossier_detail import find_row
from app.storage.uow import Reading
from benchmarks.desk import keys_of
from benchmarks.measurement import Measurement, Work, measure_interleaved
from benchmarks.offices import Offices

_FORMS = (PaperForm.RECEIPT, PaperForm.CONTROL)


@dataclass
class Drawing:
    """The calls that drew one document."""

    setting: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)

    def replay(self) -> bytes:
        """Repeat the calls on a plain canvas with reportlab's own fonts."""
        out = BytesIO()
        canvas = Canvas(out, **{**self.setting, "initialFontName": _plain_font(self.setting["initialFontName"])})
        for name, values, named in self.calls:
            plain = (_plain_font(values[0]), *values[1:]) if name == "setFont" else values
            getattr(canvas, name)(*plain, **named)
        return out.getvalue()


@cache
def _plain_font(face: str) -> str:
    """Return the name of the same face as reportlab loads it."""
    font = TTFont(f"{face} of reportlab", RESOURCES / "fonts" / "tinos" / f"{face}.ttf")
    registerFont(font)
    return str(font.fontName)


class _Recorder:
    """A canvas that records each call and executes it."""

    def __init__(self, drawing: Drawing, out: BytesIO, **setting: Any) -> None:
        drawing.setting = setting
        self._calls, self._canvas = drawing.calls, Canvas(out, **setting)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            self._calls.append((name, values, named))
            return getattr(self._canvas, name)(*values, **named)

        return call


def papers(offices: Offices) -> Measurement:
    """Measure building and drawing of documents, against the drawing alone."""
    desk = offices.read(offices.small)
    keys = keys_of(desk, offices.small)

    def rounds() -> Iterator[tuple[Work, Work]]:
        for _ in range(offices.rounds):
            source = desk.office.read(document_facts, next(keys))
            drawings = record_drawings(source)
            yield partial(replay_drawings, drawings), partial(_render, source)

    pairs = measure_interleaved(rounds())
    return Measurement("papers", pairs.value, pairs.limit, pairs.ratio, 1.5, offices.small)


def document_facts(key: str, context: Context, work: Reading) -> DocumentSource:
    """Return what the papers of a dossier are built from."""
    return document_source(work, find_row(work, key), context)


def _render(source: DocumentSource, canvases: Sequence[CanvasFactory] = (PaperCanvas, PaperCanvas)) -> list[bytes]:
    return [
        render(build_document(form, source), PaperSize.A5, canvas_factory=canvas)
        for form, canvas in zip(_FORMS, canvases, strict=True)
    ]


def record_drawings(source: DocumentSource) -> list[Drawing]:
    """Draw the papers of a dossier and return the calls."""
    drawings = [Drawing() for _ in _FORMS]
    _render(source, [partial(_Recorder, drawing) for drawing in drawings])
    return drawings


def replay_drawings(drawings: Sequence[Drawing]) -> list[bytes]:
    """Draw the papers again without building them."""
    return [drawing.replay() for drawing in drawings]
