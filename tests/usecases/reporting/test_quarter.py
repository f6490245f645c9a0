"""The quarter that a commune once reported, from dossiers to signed files."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from app.models.errors import Refusal
from app.printing.documents.report import Report
from app.services.reporting.export import report_file, report_json
from app.services.reporting.query import ReportQuery
from app.usecases.reporting.records import SaveReportTexts, save_report_texts
from app.usecases.reporting.tables import make_report
from tests.support.offices import Desk, at, desk_session
from tests.support.pdf_reading import pages

FIRST, LAST = date(2026, 3, 15), date(2026, 6, 14)
AFTER = at("2026-06-15T08:00")
NUMBERS = {"received": 495, "received_new": 494, "received_online": 6, "received_direct_post": 488, "carried_over": 1}
ENDED = {"resolved": 492, "resolved_early": 0, "resolved_on_time": 492, "resolved_late": 0}
OPEN = {"pending": 3, "pending_in_time": 3, "pending_late": 0}


@pytest.fixture(scope="module")
def commune(office_templates: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office with 495 dossiers: 494 new (6 online) and 1 carried over."""
    import shutil

    folder = tmp_path_factory.mktemp("commune") / "office"
    shutil.copytree(office_templates[True], folder)
    with desk_session(folder) as desk:
        same_day = {"term": {"unit": "same_day"}, "at_once": True}
        code = desk.take_in(at("2026-03-13T08:00"), term={"limit": 5, "unit": "working_day"}).code
        for number in range(491):
            morning = at("2026-03-18T08:00") + timedelta(days=number // 41 * 7, minutes=number % 41)
            desk.take_in(morning, channel="online" if number < 6 else "direct", **same_day)
        desk.act(code, "finish", at("2026-03-20T08:00"))
        for _ in range(3):
            desk.take_in(at("2026-06-12T08:00"), channel="post")
        yield desk


def build(desk: Desk, name: str, **options: Any) -> Report:
    report: Report = desk.office.read(make_report, ReportQuery(name, FIRST, LAST, **options), AFTER)
    return report


def test_form_has_the_figures_of_the_commune(commune: Desk) -> None:
    total = report_json(build(commune, "06a"))["total"]
    expected = {**NUMBERS, **ENDED, **OPEN}
    del expected["received_new"]
    assert {key: total[key] for key in expected} == expected


def test_workbook_has_the_figures_as_numbers(commune: Desk) -> None:
    with zipfile.ZipFile(io.BytesIO(report_file(build(commune, "06a"), ".xlsx"))) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    rows = [
        [cell.findtext(f"{space}v") for cell in row if cell.get("t") != "s" and cell.find(f"{space}v") is not None]
        for row in sheet.iter(f"{space}row")
    ]
    assert ["495", "6", "488", "1", "492", "0", "492", "0", "3", "3", "0"] in rows
    assert sheet.find(f"{space}pageSetup").get("orientation") == "landscape"


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_narrative_has_the_sentences_of_the_commune(commune: Desk, ending: str) -> None:
    content = report_file(build(commune, "quarter"), ending)
    if ending == ".pdf":
        text = " ".join(page.text for page in pages(content))
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            text = "".join(ElementTree.fromstring(parts.read("word/document.xml")).itertext())
    text = re.sub(r"\s+", " ", text)
    for part in (
        "báo cáo: 495 hồ sơ; trong đó: số mới tiếp nhận trong kỳ: 494 hồ sơ",
        "(trực tuyến: 6 hồ sơ; trực tiếp và qua dịch vụ bưu chính: 488 hồ sơ)",
        "chuyển qua: 1 hồ sơ",
        "đã giải quyết: 492 hồ sơ; trong đó: trước hạn: 0 hồ sơ, đúng hạn: 492 hồ sơ, quá hạn: 0 hồ sơ",
        "đang giải quyết: 3 hồ sơ; trong đó: trong hạn: 3 hồ sơ, quá hạn: 0 hồ sơ",
        "quý II năm 2026",
        "100,00 %",
    ):
        assert part in text, part


def test_json_has_the_figures_and_what_is_blank(commune: Desk) -> None:
    answer = report_json(build(commune, "quarter"))
    assert {key: answer["figures"][key] for key in (*NUMBERS, *ENDED, *OPEN)} == {**NUMBERS, **ENDED, **OPEN}
    assert answer["figures"]["in_force"] == answer["figures"]["published"] > 100
    blanks = [text["text"] for text in answer["texts"] if text["blank"]]
    assert len(blanks) == len(answer["warnings"]) == 6 and all("CHƯA CÓ NỘI DUNG" in text for text in blanks)


def test_texts_are_kept_from_the_last_period(commune: Desk) -> None:
    save = SaveReportTexts(date(2025, 12, 15), date(2026, 3, 14), {"one_stop": "Đã kiện toàn.\nĐã phân công."})
    commune.office.write(save_report_texts, save, AFTER)
    answer = report_json(build(commune, "quarter"))
    assert answer["blocks"]["one_stop"] == "Đã kiện toàn.\nĐã phân công."
    assert "giữ nguyên từ kỳ 15/12/2025" in " ".join(answer["warnings"])
    commune.office.write(save_report_texts, SaveReportTexts(FIRST, LAST, {"one_stop": "Quý này đã xong."}), AFTER)
    answer = report_json(build(commune, "quarter"))
    assert answer["blocks"]["one_stop"] == "Quý này đã xong." and len(answer["warnings"]) == 5
    with pytest.raises(Refusal) as refused:
        commune.office.write(save_report_texts, SaveReportTexts(FIRST, LAST, {"không": ""}), AFTER)
    assert refused.value.code == "report_block"
