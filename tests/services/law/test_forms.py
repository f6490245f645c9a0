"""Forms of an office as dated rules: boundaries, reprints, new forms."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.enums import PaperForm, PaperSize
from app.models.errors import Refusal
from app.models.law.rule import Rule, read_rule
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.documents.print_queue import PreviewPaper, preview_paper
from tests.services.law.test_rules import write_rules
from tests.support.offices import Desk, at
from tests.support.pdf_reading import pdf_text, scan_codes

FIRST_DAY = date(2027, 3, 1)
BEFORE, ON, AFTER = at("2027-02-26T09:00"), at("2027-03-01T00:00"), at("2027-03-03T09:00")


def rule(kind: str, key: str, value: dict[str, Any], first: date = FIRST_DAY) -> Rule:
    line = {"kind": kind, "key": key, "value": value, "valid_from": first.isoformat(), "decision": "09/2027/TT-BTP"}
    return replace(read_rule(line), source=uuid4().hex)


def law(number: str, first: date = FIRST_DAY) -> tuple[Rule, ...]:
    """Return a set with a receipt of another title, number and label."""
    return (
        rule("form_set", "2027", {"name": "Thông tư 09/2027/TT-BTP"}, first),
        rule(
            "form",
            "2027/receipt",
            {
                "like": "2025/receipt",
                "title": ["GIẤY TIẾP NHẬN", number],
                "number": "{serial}/TN-{series}",
                "footer": f"Mẫu số {number} (Thông tư 09/2027/TT-BTP)",
            },
            first,
        ),
    )


def printed(desk: Desk, code: str, form: str, when: Any, paper: PaperSize | None = None) -> str:
    return pdf_text(desk.office.write(prepare_paper, PreparePaper(code, PaperForm(form), paper=paper), when).pdf)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(number=st.from_regex(r"[1-9][0-9]", fullmatch=True), seconds=st.integers(-90_000, 90_000))
def test_receipt_is_on_the_form_of_the_day_of_receipt(desk: Desk, number: str, seconds: int) -> None:
    """The boundary is midnight; the first print may be later."""
    received_at = ON + timedelta(seconds=seconds)
    desk.office.write(write_rules, law(number), received_at)
    code = desk.take_in(received_at).code
    first = printed(desk, code, "receipt", AFTER)
    assert (f"Mẫu số {number} (Thông tư 09/2027/TT-BTP)" in first) is (seconds >= 0)
    assert ("Mẫu số 01 (Thông tư 03/2025/TT-VPCP)" in first) is (seconds < 0)
    assert (f"/TN-{'BPTNTKQ'}" in first) is (seconds >= 0)
    desk.office.write(write_rules, law(number[::-1] + "0"), received_at)
    again = printed(desk, code, "receipt", AFTER + timedelta(days=30))
    assert without_copies(again) == without_copies(first)


def without_copies(text: str) -> str:
    for copy in ("Liên 1: Lưu", "Liên 2: Giao người nộp"):
        text = text.replace(f"({copy} · In lại lần 1)", "").replace(f"({copy})", "")
    return " ".join(text.split())


def test_corrected_dossier_is_printed_on_the_content_of_its_first_print(desk: Desk) -> None:
    desk.office.write(write_rules, law("11"), BEFORE)
    code = desk.take_in(AFTER).code
    assert "Mẫu số 11" in printed(desk, code, "receipt", AFTER)
    desk.office.write(write_rules, law("12"), AFTER)
    other = desk.take_in(AFTER).code
    assert "Mẫu số 12" in printed(desk, other, "receipt", AFTER)
    desk.act(code, "amend", AFTER, sets=(("name", "Đào Thị Ổn"),))
    text = printed(desk, code, "receipt", AFTER)
    assert "Đào Thị Ổn" in text and "Mẫu số 11" in text and "GIẤY TIẾP NHẬN 11" in text
    assert desk.check(AFTER).findings == ()


def test_print_of_an_earlier_release_keeps_the_shipped_form(desk: Desk) -> None:
    """Such a print has a set but no digest."""
    code = desk.take_in(BEFORE).code
    first = printed(desk, code, "receipt", BEFORE)
    changed = rule("form", "2025/receipt", {"like": "2018/receipt", "footer": "Mẫu số 77"}, date(2026, 1, 1))
    (stored,) = desk.rows("SELECT min(document) FROM print")
    document = json.loads(stored[0])
    del document["head"]["content"]
    text = json.dumps(document, ensure_ascii=False).replace("'", "''")
    desk.tamper(f"UPDATE print SET document = '{text}'")
    desk.office.write(write_rules, (changed,), BEFORE)
    assert without_copies(printed(desk, code, "receipt", AFTER)) == without_copies(first)
    assert "Mẫu số 77" in printed(desk, desk.take_in(BEFORE).code, "receipt", AFTER)


NOTE: dict[str, Any] = {
    "title": ["GIẤY HẸN", "LÀM VIỆC"],
    "number": "{serial}/GH-{series}",
    "footer": "Mẫu số 15 (Quyết định 5/QĐ-UBND)",
    "code_label": "Mã hồ sơ",
    "papers": ["A5", "A4", "80mm"],
    "blocks": [
        {"text": "Kính gửi: {applicant.name}", "face": "bold", "align": "centre"},
        {"block": "field", "label": "Thủ tục", "value": "{procedure}"},
        {"block": "field", "label": "Nhận", "value": "{received_day}"},
        {"block": "table", "each": "papers", "columns": [{"heading": "Giấy tờ", "share": 10, "text": "{name}"}]},
        {"block": "field", "label": "Kết quả gửi", "value": "{return_by}"},
        {"block": "closing", "last": [{"text": "Mong được đón tiếp."}], "signatures": [{}, {"label": "NGƯỜI MỜI"}]},
    ],
}


@pytest.mark.parametrize("paper", PaperSize)
def test_form_that_only_data_describes_is_printed_and_repeated(desk: Desk, paper: PaperSize) -> None:
    desk.office.write(write_rules, (rule("form", "2025/meeting-note", NOTE, date(2026, 1, 1)),), BEFORE)
    code = desk.take_in(BEFORE).code
    pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm("meeting-note"), paper=paper), BEFORE).pdf
    text = pdf_text(pdf)
    for words in ("GIẤY HẸN LÀM VIỆC", "01/GH-BPTNTKQ", "Mẫu số 15 (Quyết định 5/QĐ-UBND)", code, "NGƯỜI MỜI"):
        assert words in text
    assert "counter" not in text and "Bộ phận Tiếp nhận và Trả kết quả" in text
    assert any("Giấy: Giấy hẹn làm việc" in each for page in scan_codes(pdf) for _kind, each in page)
    desk.office.write(write_rules, (rule("form", "2025/meeting-note", {**NOTE, "footer": "x"}, FIRST_DAY),), AFTER)
    again = printed(desk, code, "meeting-note", AFTER, paper)
    assert "Mẫu số 15" in again and "(In lại lần 1)" in again
    assert [line.form for line in desk.show(code, AFTER).prints] == ["meeting-note"] * 2
    assert desk.office.write(preview_paper, PreviewPaper(code, PaperForm("meeting-note")), AFTER).form == "meeting-note"
    assert desk.check(AFTER).findings == ()


def test_unknown_form_and_paper_size_are_refused_and_change_nothing(desk: Desk) -> None:
    code = desk.take_in(BEFORE).code
    before = desk.contents()
    with pytest.raises(Refusal, match="form_unknown"):
        printed(desk, code, "meeting-note", BEFORE)
    assert desk.contents() == before
    desk.office.write(write_rules, law("11"), BEFORE)
    small = rule("form", "2027/receipt", {"like": "2025/receipt", "papers": ["A4"]}, FIRST_DAY)
    desk.office.write(write_rules, (small,), BEFORE)
    later = desk.take_in(AFTER).code
    with pytest.raises(Refusal, match="paper_size_of_form"):
        printed(desk, later, "receipt", AFTER, PaperSize.A5)
    assert "Liên 2" in printed(desk, later, "receipt", AFTER)
