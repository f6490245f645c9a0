"""Address and papers in the archive code: short, and read again by name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import Handling, PaperForm, PaperSize
from app.models.errors import Refusal
from app.models.procedures import CataloguePaper
from app.services.documents.archive_code import (
    MAX_ADDRESS_LENGTH,
    MAX_PAPER_NAME_LENGTH,
    ArchivedPapers,
    _paper_from_json,
    papers_to_json,
    parse_archived_papers,
    shorten,
)
from app.sync.archive_code import seal_code, unseal_code
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.office.rebuild import OpenRebuilding, RebuildDossier, open_rebuilding, rebuild_dossier
from tests.support.offices import MORNING, PERSON
from tests.support.pdf_reading import pages, scan_codes

LISTED = (
    CataloguePaper("Tờ khai", Handling.SUBMIT, 1, 0),
    CataloguePaper("Căn cước", Handling.SHOW, 1, 0),
    CataloguePaper("Thông tin cư trú", Handling.LOOKUP),
)
WORDY = (
    "Số 12, ngõ 34, đường Nguyễn Thị Minh Khai, tổ dân phố Đồng Ẫm Ỷ, phường Nguyễn Cư Trinh, thành phố Thử Nghiệm Ặ"
)


def paper(name: str, handling: Handling = Handling.SUBMIT, originals: int = 1, copies: int = 0) -> dict[str, Any]:
    return {"name": name, "handling": handling.value, "originals": originals, "copies": copies}


def test_listed_paper_is_its_position_and_other_paper_its_name() -> None:
    free = paper("x" * 100, Handling.SHOW, 0, 2)
    fields = papers_to_json([paper("Tờ khai"), paper("Căn cước", Handling.SHOW, 2, 1), free], "Thôn Đoài", LISTED)
    assert fields["l"] == [0, [1, 2, 1], ["x" * (MAX_PAPER_NAME_LENGTH - 1) + "…", "x", 0, 2]]
    read = [_paper_from_json(item, LISTED) for item in parse_archived_papers(fields).items or ()]
    assert [(paper.name[:8], paper.handling, paper.originals, paper.copies) for paper in read] == [
        ("Tờ khai", Handling.SUBMIT, 1, 0), ("Căn cước", Handling.SHOW, 2, 1), ("xxxxxxxx", Handling.SHOW, 0, 2),
    ]  # fmt: skip


def test_longest_text_is_omitted_first_and_counted() -> None:
    fields = papers_to_json([paper("a" * 30), paper("b" * 50), paper("Tờ khai")], "c" * 40, LISTED)
    orders = []
    while (fields := shorten(fields)) is not None:
        orders.append((fields["o"], "a" in fields, [item[0] for item in fields["l"] if isinstance(item, list)]))
    assert orders == [(1, True, ["a" * 30, ""]), (2, False, ["a" * 30, ""]), (3, False, ["", ""])]


@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=500), st.sampled_from(Handling), st.integers(0, 999)), max_size=40),
    st.none() | st.text(max_size=1000),
)
def test_any_submitted_papers_are_read_again(papers: list[tuple[str, Handling, int]], address: str | None) -> None:
    fields = papers_to_json([paper(name, handling, count, count) for name, handling, count in papers], address, LISTED)
    read = [_paper_from_json(item, LISTED) for item in parse_archived_papers(fields).items or ()]
    assert [(paper.handling, paper.originals, paper.copies) for paper in read] == [
        (handling, count, count) for _name, handling, count in papers
    ]
    assert len(fields.get("a", "")) <= MAX_ADDRESS_LENGTH


@pytest.mark.parametrize(
    "wrong",
    [
        {"v": 3, "l": []},
        {"v": 2},
        {"v": 2, "l": [True]},
        {"v": 2, "l": [[]]},
        {"v": 2, "l": [["x", "?", 1, 0]]},
        {"v": 2, "l": [["x", "n", -1, 0]]},
        {"v": 2, "l": [[0, 1]]},
        {"v": 2, "l": [["y" * 200, "n", 1, 0]]},
        {"v": 2, "l": list(range(500))},
        {"v": 2, "l": [{}]},
        {"v": 2, "l": [], "o": -1},
    ],
)
def test_invalid_fields_are_rejected(wrong: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        parse_archived_papers(wrong)
    assert parse_archived_papers({}) == ArchivedPapers()


def print_archive_code(desk: Any, form: PaperForm, size: PaperSize, papers: int) -> tuple[str, int]:
    """Return the archive code of a dossier and its number of pages.

    The dossier has `papers` papers that no list names.
    """
    free = [paper(f"{place}. Giấy xác nhận tình trạng {place}") | {"reason": "x"} for place in range(papers)]
    code = desk.take_in(applicant={**PERSON, "address": WORDY}, papers=free).code
    pdf = desk.office.write(prepare_paper, PreparePaper(code, form, paper=size), MORNING).pdf
    (archive_code,) = {text for page in scan_codes(pdf) for _kind, text in page if text.startswith("MC1:")}
    return archive_code, len(pages(pdf))


def archive_fields(desk: Any, archive_code: str) -> dict[str, Any]:
    """Return the fields of an archive code."""
    (key,) = desk.rows("SELECT value FROM setting WHERE name = 'kept_copy_key'")
    return unseal_code(archive_code, bytes.fromhex(key[0].strip('"')))


@pytest.mark.parametrize("size", [PaperSize.A5, PaperSize.A4])
@pytest.mark.parametrize("form", [PaperForm.RECEIPT, PaperForm.CONTROL])
def test_longest_code_is_readable_on_paper(desk: Any, size: PaperSize, form: PaperForm) -> None:
    """A page with the longest code is readable at 203 dpi.

    It needs no more pages than the citizen's copy, which has no archive code.
    """
    code, page_count = print_archive_code(desk, form, size, 2)
    assert 450 < len(code) <= 483 and "o" not in archive_fields(desk, code)
    assert page_count == (1 if form is PaperForm.CONTROL else 2)


def test_texts_that_do_not_fit_are_omitted_and_counted(desk: Any) -> None:
    code, _pages = print_archive_code(desk, PaperForm.RECEIPT, PaperSize.A5, 9)
    fields = archive_fields(desk, code)
    assert len(code) <= 483 and "a" not in fields and fields["o"] >= 1
    assert [item[2:] for item in fields["l"]] == [[1, 0]] * 9, "the counts stay"


def test_unknown_list_names_papers_by_position_and_version_1_has_none(desk: Any) -> None:
    (key,) = desk.rows("SELECT value FROM setting WHERE name = 'kept_copy_key'")
    sealing = bytes.fromhex(key[0].strip('"'))
    version_1 = {
        "c": "H29.12-260209-0901",
        "k": "6301260209009013",
        "t": "2.000815",
        "n": "Hờ A Ký",
        "r": "2026-02-09T08:00:00+07:00",
        "g": 901,
    }
    other = {**version_1, "c": "H29.12-260209-0902", "k": "6301260209009021", "g": 902}
    unknown = {**other, "v": 2, "a": "Bản Đoài", "x": "??????", "l": [0, [7, 2, 0]], "o": 1}
    newer = {**version_1, "v": 9}
    desk.office.write(open_rebuilding, OpenRebuilding(None), MORNING)
    for fields in (version_1, unknown):
        text = seal_code(fields, sealing, bytes(12))
        assert desk.office.write(rebuild_dossier, RebuildDossier(text), MORNING).done == "rebuilt"
    with pytest.raises(Refusal) as refused:
        desk.office.write(rebuild_dossier, RebuildDossier(seal_code(newer, sealing, bytes(12))), MORNING)
    assert refused.value.code == "rebuild_content"
    old, new = desk.show(version_1["c"]), desk.show(other["c"])
    assert "thành phần hồ sơ: xem trên giấy" in (old.steps[0].note or "") and old.papers == ()
    assert [paper["name"] for paper in new.papers] == [
        "Giấy tờ thứ 1 trong danh mục khi nhận (tên: xem trên giấy)",
        "Giấy tờ thứ 8 trong danh mục khi nhận (tên: xem trên giấy)",
    ]
    assert new.applicant["address"] == "Bản Đoài" and "1 mục chữ dài" in (new.steps[0].note or "")
    assert desk.check().ok
