"""Supplements by ticks: what is missing or wrong, and what came."""

from typing import Any

import pytest

from app.models.enums import Action, PaperFault, PaperForm, Status
from app.models.errors import Refusal
from app.services.records.supplement_papers import AskedPaper
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from tests.support.offices import MORNING, Desk, at
from tests.support.pdf_reading import lines, pages

AFTERNOON = at("2026-02-09T14:00")
MISSING = AskedPaper("Giấy chứng sinh; bản chính")
WRONG = AskedPaper("Tờ khai", PaperFault.WRONG, "chưa ký")


def text_of(desk: Desk, code: str, form: PaperForm, at: Any = MORNING) -> str:
    """Return the words of a printed paper."""
    pdf = desk.office.write(prepare_paper, PreparePaper(code, form), at).pdf
    return " ".join(line for page in pages(pdf) for line in lines(page))


def test_ticked_papers_are_on_record_and_on_paper(desk: Desk) -> None:
    code = desk.take_in().code
    sheet = desk.act(code, "ask-supplement", papers=(MISSING, WRONG), note="Nộp thêm ảnh 4x6; Lý do: thiếu ảnh")
    expected = "Giấy chứng sinh, bản chính: còn thiếu; Tờ khai: chưa đúng, chưa ký; Nộp thêm ảnh 4x6; Lý do: thiếu ảnh"
    assert (sheet.status, sheet.steps[-1].note) == (Status.SUPPLEMENT_ASKED, expected)
    assert sheet.requested == (
        AskedPaper("Giấy chứng sinh, bản chính"),
        WRONG,
        AskedPaper("Nộp thêm ảnh 4x6", None),
    )
    words = text_of(desk, code, PaperForm.SUPPLEMENT)
    for point in ("Giấy chứng sinh, bản chính: còn thiếu", "Tờ khai: chưa đúng, chưa ký", "Nộp thêm ảnh 4x6"):
        assert point in words
    assert desk.check().ok


def test_supplement_names_what_came(desk: Desk) -> None:
    code = desk.take_in().code
    requested = desk.act(code, "ask-supplement", papers=(MISSING, WRONG)).requested
    with pytest.raises(Refusal) as refused:
        desk.act(code, "supplement", papers=requested[1:])
    assert (refused.value.code, refused.value.field) == ("supplement_lacking", "note")
    assert "Giấy chứng sinh" in refused.value.values["names"]
    assert desk.show(code).status == Status.SUPPLEMENT_ASKED
    sheet = desk.act(code, "supplement", AFTERNOON, papers=requested[1:], note="Giấy chứng sinh tra cứu được")
    assert sheet.steps[-1].note == "Tờ khai; Giấy chứng sinh tra cứu được"
    assert sheet.requested == ()
    words = text_of(desk, code, PaperForm.SUPPLEMENT_RECEIPT, AFTERNOON)
    assert "Tờ khai" in words and "Giấy chứng sinh tra cứu được" in words


def test_request_by_note_alone_is_offered_point_by_point(desk: Desk) -> None:
    code = desk.take_in().code
    sheet = desk.act(code, "ask-supplement", note="Bản chính khai sinh; Ảnh 3x4; Lý do: bản sao mờ")
    assert sheet.requested == (AskedPaper("Bản chính khai sinh", None), AskedPaper("Ảnh 3x4", None))
    assert desk.act(code, "supplement").status == Status.RECEIVED


def test_undone_request_asks_for_nothing(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "ask-supplement", note="Ảnh 3x4")
    desk.act(code, "undo", note="Bấm nhầm")
    assert desk.act(code, "ask-supplement", papers=(WRONG,)).requested == (WRONG,)


@pytest.mark.parametrize(
    ("action", "values", "code"),
    [
        ("ask-supplement", {"papers": (AskedPaper("Tờ khai", PaperFault.WRONG),)}, "paper_fault_note"),
        ("ask-supplement", {"papers": (AskedPaper("Tờ khai", PaperFault.MISSING, "x"),)}, "paper_fault_note"),
        ("ask-supplement", {"papers": (MISSING,), "note": "x"}, "reason_short"),
        ("ask-supplement", {"papers": ()}, "note_missing"),
        ("ask-supplement", {"papers": (AskedPaper(" "),)}, "note_missing"),
        ("ask-supplement", {"papers": (AskedPaper("a" * 1_001),)}, "text_too_long"),
        ("ask-supplement", {"papers": (AskedPaper("Tờ\u3164khai"),)}, "letters_unseen"),
        ("ask-supplement", {"papers": (MISSING,) * 201}, "out_of_range"),
        ("send", {"papers": (MISSING,), "to": "Tư pháp"}, "papers_without_supplement"),
    ],
)
def test_bad_ticks_change_nothing(desk: Desk, action: str, values: dict[str, Any], code: str) -> None:
    dossier = desk.take_in().code
    with pytest.raises(Refusal) as refused:
        desk.act(dossier, action, **values)
    assert refused.value.code == code
    assert [step.action for step in desk.show(dossier).steps] == [Action.INTAKE]


def test_papers_left_out_at_intake_are_offered(desk: Desk) -> None:
    paper = {"name": "Giấy khác", "handling": "submit", "originals": 1, "copies": 0, "reason": "Công dân nộp thêm"}
    code = desk.take_in(papers=[paper]).code
    sheet = desk.act(code, "send", to="Tư pháp")
    whole = desk.act(desk.take_in().code, "send", to="Tư pháp")
    names = {each["name"] for each in whole.papers if each["handling"] != "lookup"}
    assert names and names <= {*sheet.unsubmitted}
    assert whole.unsubmitted == ()
