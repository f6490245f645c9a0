"""Posted papers and the register import by the rules of the day."""

from datetime import date, datetime
from typing import Any

import pytest

from app.models.law.rule import Rule
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from app.usecases.documents.posted_papers import PreparedPosted, PreparePosted, prepare_posted
from tests.support.offices import Desk, at
from tests.support.pdf_reading import pages
from tests.usecases.intake.test_import_register import bring
from tests.usecases.intake.test_reliefs import write_rules
from tests.usecases.intake.test_term_rules import rule

CODE, FIELD = "1.000111", "Thử nghiệm"
NOW, FIRST = at("2026-03-02T08:00"), date(2026, 3, 10)


@pytest.fixture
def ruled(desk: Desk) -> Desk:
    head = "code\tname\tfield\tlimit\tunit\tprovince_limit\tchannel_limits\tfee_vnd\tchannel_fees\tadvice\n"
    row = f"{CODE}\tThủ tục thử\t{FIELD}\t10\tworking_day\t6\tpost:4\t20000\tonline:5000\tMang bản chính.\n"
    desk.office.write(import_catalogue, ImportCatalogue(head + row), at("2026-01-05T08:00"))
    rules: tuple[Rule, ...] = (
        rule("receiving_place", "diem-1", date(2026, 1, 1), name="Điểm tiếp nhận số 1"),
        rule("term", "nhanh", FIRST, fields=[FIELD], channels=["online"], limit=16, unit="hour"),
        rule("term", "diem", FIRST, procedures=[CODE], places=["diem-1"], limit=3, unit="working_day"),
        rule("fee_relief", "a", FIRST, "5/NQ-HĐND", name="Hộ cận nghèo", percent=50, fields=[FIELD]),
        rule("fee_relief", "b", FIRST, "5/NQ-HĐND", name="Sinh viên", percent=50, fields=[FIELD]),
        rule("fee_relief", "c", FIRST, "6/NQ", name="Đợt 1", amount=3000, procedures=[CODE], valid_to="2026-03-31"),
    )
    desk.office.write(write_rules, rules, at("2026-01-06T08:00"))
    return desk


def posted(desk: Desk, form: str, *codes: str, day: date | None = None, now: datetime = NOW) -> str:
    fields = () if codes else (FIELD,)
    drawn: PreparedPosted = desk.office.read(prepare_posted, PreparePosted(form, codes, fields, "A4", day), now)
    assert drawn.varying == 1
    return " ".join(" ".join(page.text.split()) for page in pages(drawn.pdf))


BEFORE = "6 ngày làm việc; bưu chính: 4 ngày làm việc"


@pytest.mark.parametrize(("form", "codes"), [("catalogue", ()), ("sheet", (CODE,)), ("booklet", ())])
def test_term_is_that_of_each_channel_and_place(ruled: Desk, form: str, codes: tuple[str, ...]) -> None:
    before, after = posted(ruled, form, *codes), posted(ruled, form, *codes, day=FIRST)
    assert BEFORE in before and "16 giờ" not in before
    assert "trực tuyến: 16 giờ" in after and "Điểm tiếp nhận số 1: 3 ngày làm việc" in after
    assert "20.000 đ; trực tuyến: 5.000 đ" in before and "20.000 đ; trực tuyến: 5.000 đ" in after


def test_sheet_has_the_limit_of_the_law_the_reliefs_and_the_advice(ruled: Desk) -> None:
    text = posted(ruled, "sheet", CODE, day=FIRST)
    assert "Thời hạn theo luật: 10 ngày làm việc" in text and "Lưu ý: Mang bản chính." in text
    assert "Hộ cận nghèo, Sinh viên: giảm 50 % (5/NQ-HĐND)" in text
    assert "Đợt 1: giảm 3.000 đ (6/NQ, đến hết 31/03/2026)" in text
    assert "giảm" not in posted(ruled, "sheet", CODE).lower().replace("miễn, giảm", "")


def test_list_of_fees_has_the_reliefs_of_its_day(ruled: Desk) -> None:
    text = posted(ruled, "fees-list", day=FIRST)
    assert "Hộ cận nghèo, Sinh viên" in text and "giảm 50 %" in text and "31/03/2026" in text
    assert "Luật Phí và lệ phí 97/2015/QH13" in text and "theo quy định" in text
    assert "TT 75/2022" not in text and "NQ 66.22" not in text
    assert "31/03/2026" not in posted(ruled, "fees-list", day=date(2026, 4, 1))
    assert "khác nhau theo kênh" in text


HEAD = "TT;Số hồ sơ;Họ và tên;Thủ tục;Mã thủ tục;Ngày nhận;Ngày hẹn trả;Hình thức nộp\n"


def imported(desk: Desk, channel: str, day: str) -> dict[str, Any]:
    result = bring(desk, f"{HEAD}1;HS-9;Lê Văn Tỵ;Thủ tục thử;{CODE};{day};;{channel}\n")
    assert result.imported == 1
    ((term, warnings),) = desk.rows("SELECT term, warnings FROM dossier")
    return {"term": term, "warnings": warnings}


@pytest.mark.parametrize(
    ("channel", "day", "term", "doubts"),
    [
        ("Trực tuyến", "11/03/2026", '"16"', ["import_term_place"]),
        ("Trực tuyến", "09/03/2026", '"6"', []),
        ("Bưu chính", "09/03/2026", '"4"', []),
        ("", "09/03/2026", '"6"', ["import_term_channel"]),
        ("", "11/03/2026", '"6"', ["import_term_channel", "import_term_place"]),
    ],
)
def test_imported_dossier_has_the_term_of_its_day_and_channel(
    ruled: Desk, channel: str, day: str, term: str, doubts: list[str]
) -> None:
    row = imported(ruled, channel, day)
    assert term in row["term"]
    assert [name for name in ("import_term_channel", "import_term_place") if name in row["warnings"]] == doubts
