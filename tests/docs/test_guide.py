"""The guide for clerks: its pictures exist, are all used, small, and can be taken again; its keys are the window's."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from app.printing.forms.shortcut_card import draw_shortcut_card
from app.wording.shortcuts import SHORTCUTS
from tests.support.guide_pictures import SCENES

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "huong-dan"
PICTURES = GUIDE / "hinh"
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted(GUIDE.glob("*.md"))}
_LINK = re.compile(r"\]\(([^)#]+)\)")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    missing = [link for link in _LINK.findall(PAGES[page]) if not (GUIDE / link).is_file()]
    assert missing == []


def test_every_page_is_in_the_list_and_every_picture_is_used() -> None:
    listed = set(_LINK.findall(PAGES["README.md"]))
    assert listed == set(PAGES) - {"README.md"}
    used = {link for text in PAGES.values() for link in _LINK.findall(text) if link.startswith("hinh/")}
    assert used == {f"hinh/{name}.png" for name in SCENES}
    assert {f"hinh/{picture.name}" for picture in PICTURES.iterdir()} == used


def test_the_pictures_are_small() -> None:
    assert sum(picture.stat().st_size for picture in PICTURES.iterdir()) < 2_000_000


@pytest.mark.slow
def test_every_picture_can_be_taken_again(tmp_path: Path) -> None:
    """A page that was renamed or a key that leads elsewhere ends the script."""
    call = [sys.executable, "-m", "tests.support.guide_pictures", str(tmp_path)]
    done = subprocess.run(
        call,
        cwd=ROOT,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
        check=False,
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    assert {picture.stem for picture in tmp_path.iterdir()} == set(SCENES)


def test_the_quick_card_names_the_windows_keys() -> None:
    """No key of the window is missing on the card, and none is on it that the window does not know."""
    named = r"Ctrl\+\w+|\bF\d+\b|Esc|Quét mã"
    bold = " ".join(re.findall(r"\*\*([^*]+)\*\*", PAGES["the-nhanh.md"]))
    assert set(re.findall(named, bold)) == set(re.findall(named, " ".join(key for key, _said in SHORTCUTS)))


def test_the_printed_card_is_one_page() -> None:
    with pypdfium2.PdfDocument(draw_shortcut_card("UBND xã Kiểm Thử " * 4)) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_bounded()
    for key, _said in SHORTCUTS:
        assert key in text
