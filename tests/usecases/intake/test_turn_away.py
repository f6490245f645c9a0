"""Refusal at the counter: a numbered slip without a dossier."""

from datetime import date

import pypdfium2 as pdfium
import pytest

from app.models.enums import PaperForm, PrintStatus
from app.models.errors import Refusal
from app.printing.readback import read_codes
from app.usecases.documents.prepare import PreparePaper, RecordPrints, prepare_paper, record_prints
from app.usecases.documents.print_queue import (
    DismissPrints,
    ListUnprinted,
    PreviewPaper,
    RenderWaiting,
    dismiss_prints,
    list_unprinted,
    preview_paper,
    render_waiting,
)
from app.usecases.documents.refusal_slips import ListCounterRefusals, list_counter_refusals
from app.usecases.intake.turn_away import CounterRefusal, RefuseAtCounter, refuse_at_counter
from tests.support.offices import MORNING, PERSON, Desk, intake_line

REASON = "Thiếu bản chính giấy chứng sinh"


def turn_away(desk: Desk, **values: object) -> CounterRefusal:
    command = RefuseAtCounter.read(intake_line(**{"reason": REASON, **values}), MORNING.date())
    return desk.office.write(refuse_at_counter, command, MORNING)


def test_slips_are_numbered_without_a_dossier(desk: Desk) -> None:
    assert [turn_away(desk).number for _ in range(3)] == [1, 2, 3]
    assert desk.rows("SELECT count(*) FROM dossier") == [(0,)]
    assert desk.rows("SELECT count(*) FROM event") == [(0,)]
    assert desk.rows("SELECT number, reason FROM counter_refusal ORDER BY id") == [(n, REASON) for n in (1, 2, 3)]
    assert desk.take_in().code.endswith("-0001"), "a refusal takes no dossier number"


def test_repeated_request_returns_the_first_slip(desk: Desk) -> None:
    first = turn_away(desk, request_id="đơn 7")
    assert turn_away(desk, request_id="đơn 7", reason="Lý do khác") == first
    assert turn_away(desk, request_id="đơn 8").number == 2
    assert desk.rows("SELECT code, request_id FROM counter_refusal ORDER BY id")[0] == (first.code, "đơn 7")


def test_report_counts_no_refusal(desk: Desk) -> None:
    turn_away(desk)
    assert desk.report(date(2026, 1, 1), date(2026, 3, 31)).rows == ()
    assert desk.check().ok


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"reason": None}, "missing", "reason"),
        ({"reason": "  "}, "missing", "reason"),
        ({"reason": " x"}, "reason_short", "reason"),
        ({"reason": "- ."}, "reason_short", "reason"),
        ({"reason": "x" * 2001}, "text_too_long", "reason"),
        ({"applicant": {"kind": "citizen", "name": "123"}}, "name_without_letters", "applicant.name"),
        ({"procedure": "9.999999"}, "unknown_procedure", "procedure"),
    ],
)
def test_invalid_line_writes_nothing(desk: Desk, values: dict[str, object], code: str, field: str) -> None:
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        turn_away(desk, **values)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert desk.contents() == before


def text_of(pdf: bytes) -> str:
    with pdfium.PdfDocument(pdf) as pages:
        return " ".join(page.get_textpage().get_text_range().replace("\r\n", " ") for page in pages)


def test_slip_is_printed_queued_and_reprinted(desk: Desk) -> None:
    turned = turn_away(desk)
    assert (turned.code, turned.printed_number) == ("PTC-2026-01-0001", "01/PTC-BPTNTKQ")
    command = PreparePaper(turned.code.lower(), PaperForm.REFUSAL)
    first = desk.office.write(prepare_paper, command, MORNING)
    (waiting,) = desk.office.read(list_unprinted, ListUnprinted(), MORNING)
    assert (waiting.code, waiting.form, waiting.print_ids) == (turned.code, PaperForm.REFUSAL, first.print_ids)
    assert desk.office.read(render_waiting, RenderWaiting(first.print_ids), MORNING).pdf == first.pdf
    desk.office.write(record_prints, RecordPrints(first.print_ids, PrintStatus.PRINTED), MORNING)
    assert desk.office.read(list_unprinted, ListUnprinted(), MORNING) == ()
    again = desk.office.write(prepare_paper, command, MORNING)
    assert "In lại lần 1" in text_of(again.pdf) and "In lại" not in text_of(first.pdf)
    assert "01/PTC-BPTNTKQ" in text_of(again.pdf) and REASON in text_of(again.pdf)
    desk.office.write(dismiss_prints, DismissPrints(again.print_ids), MORNING)
    assert desk.office.read(list_unprinted, ListUnprinted(), MORNING) == ()
    assert desk.check().ok


def test_later_print_replaces_the_same_slip_only(desk: Desk) -> None:
    one, other = (turn_away(desk).code for _ in range(2))
    for code in (one, other):
        desk.office.write(prepare_paper, PreparePaper(code, PaperForm.REFUSAL), MORNING)
    later = desk.office.write(prepare_paper, PreparePaper(one, PaperForm.REFUSAL), MORNING)
    desk.office.write(record_prints, RecordPrints(later.print_ids, PrintStatus.PRINTED), MORNING)
    assert [paper.code for paper in desk.office.read(list_unprinted, ListUnprinted(), MORNING)] == [other]


def test_slips_are_listed_with_their_reasons(desk: Desk) -> None:
    turn_away(desk)
    turn_away(desk, applicant={"kind": "citizen", "name": "Quách Văn Ỏn"}, reason="Không thuộc thẩm quyền")
    day = MORNING.date()
    lines = desk.office.read(list_counter_refusals, ListCounterRefusals(day, day))
    assert [(line.number, line.name, line.reason) for line in lines] == [
        ("02/PTC-BPTNTKQ", "Quách Văn Ỏn", "Không thuộc thẩm quyền"),
        ("01/PTC-BPTNTKQ", PERSON["name"], REASON),
    ]
    assert desk.office.read(list_counter_refusals, ListCounterRefusals(date(2026, 2, 10), date(2026, 2, 11))) == ()
    with pytest.raises(Refusal) as refused:
        desk.office.read(list_counter_refusals, ListCounterRefusals(day, date(2026, 1, 1)))
    assert refused.value.code == "period_reversed"


@pytest.mark.parametrize(
    ("code", "form", "refusal"),
    [
        ("PTC-2026-01-0009", PaperForm.REFUSAL, "slip_unknown"),
        ("PTC-2026-01-0001", PaperForm.RECEIPT, "dossier_unknown"),
        ("PTC-2026-1-1", PaperForm.REFUSAL, "dossier_unknown"),
    ],
)
def test_other_forms_of_a_slip_are_refused(desk: Desk, code: str, form: PaperForm, refusal: str) -> None:
    turn_away(desk)
    for use_case, command in ((prepare_paper, PreparePaper(code, form)), (preview_paper, PreviewPaper(code, form))):
        with pytest.raises(Refusal) as refused:
            desk.office.write(use_case, command, MORNING)
        assert refused.value.code == refusal
    seen = desk.office.write(preview_paper, PreviewPaper("PTC-2026-01-0001", PaperForm.REFUSAL), MORNING)
    assert read_codes(seen.pdf)
    assert desk.rows("SELECT count(*) FROM print") == [(0,)]
