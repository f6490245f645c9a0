"""Line ends of centred titles: between words, at meaningful places."""

import tomllib
from collections.abc import Iterator
from itertools import pairwise

import pytest

from app.models.enums import ReportName
from app.printing.layout.text_metrics import BOLD, REGULAR, line_width, load_faces
from app.printing.layout.title_lines import title_lines
from app.printing.reports.times_widths import line_count, times_width
from app.resource_files import RESOURCES
from app.wording.documents import posted
from app.wording.documents.title_words import OPENERS, PHRASES, WORDS
from app.wording.reports import form_06a, receipts, retention
from app.wording.reports.tables import TITLES

ROOMS = (780, 500, 470, 400, 330, 260)
SIZE = 13.0


def titles() -> Iterator[str]:
    yield from (form_06a.TITLE, receipts.TITLE, retention.TITLE, *TITLES.values())
    yield from (posted.CATALOGUE_TITLE, posted.FEES_TITLE, posted.SHEET_TITLE, posted.BOOKLET_TITLE)
    yield from ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "ỦY BAN NHÂN DÂN XÃ AN BÌNH TÂY")
    for path in (RESOURCES / "forms").glob("*.toml"):
        for form in tomllib.loads(path.read_text("utf-8")).get("forms", {}).values():
            yield " ".join(form.get("title", ()))


def lines_in(title: str, room: float) -> tuple[str, ...]:
    load_faces()
    return title_lines(title, room, lambda text: line_width(text, BOLD, SIZE))


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("title", sorted({title for title in titles() if title}))
def test_a_title_ends_its_lines_between_words(title: str, room: float) -> None:
    lines = lines_in(title, room)
    assert " ".join(lines) == " ".join(title.split())
    widths = [line_width(line, BOLD, SIZE) for line in lines]
    assert max(widths) <= room and min(widths) >= max(widths) * 0.35
    for before, after in pairwise(lines):
        left, right = before.lower().split(), after.lower().split()
        joined = [(*left[-size:], *right[:rest]) for size in (1, 2) for rest in (1, 2)]
        bare = [tuple(word.strip(",") for word in words) for words in joined if words[0][-1] != ","]
        assert not WORDS.intersection(bare), (before, after)
        assert left[-1] not in OPENERS, (before, after)
        if room >= 400:
            assert not PHRASES.intersection(bare), (before, after)


def test_the_form_of_the_decree_breaks_before_its_preposition() -> None:
    assert lines_in(form_06a.TITLE, 780) == (
        "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        "TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
    )


@pytest.mark.parametrize("text", ["", " ", "A" * 200, "chữ " * 200])
def test_a_title_without_possible_lines_has_none(text: str) -> None:
    assert lines_in(text, 300) in ((), ("",))


@pytest.mark.parametrize("bold", [False, True])
def test_widths_without_a_font_are_those_of_the_face(bold: bool) -> None:
    load_faces()
    for text in (*titles(), "Đường bộ, ơ ư Ơ Ư 0123456789 «từ» – %", "Nguyễn Thị Hường, thửa đất số 12/3"):
        assert times_width(text, 11, bold=bold) == pytest.approx(
            line_width(text, BOLD if bold else REGULAR, 11), rel=0.015
        )


def test_lines_without_a_font() -> None:
    assert line_count("ngắn", 200, 11) == 1
    assert line_count("một hai ba", times_width("một hai", 11) + 1, 11) == 2
    assert line_count("một\nhai", 500, 11) == 2
    assert line_count("A" * 100, times_width("A" * 30, 11), 11) == 4


def test_every_report_has_a_title_of_the_list() -> None:
    assert {"overdue", "trim", "weekly"} <= set(TITLES) <= {name.value for name in ReportName}
