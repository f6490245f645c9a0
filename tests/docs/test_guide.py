"""Guide for clerks: links, pictures and shortcuts.

The pictures can be taken again, and the shortcuts are those of the window.
"""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from app.printing.forms.shortcut_card import draw_shortcut_card
from app.ui.dossier.actions import KEYS
from app.wording.shortcuts import SHORTCUTS
from app.wording.status import action_name
from tests.support.guide_pictures import SCENES, changed_part, stale_pictures

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "huong-dan"
PICTURES = GUIDE / "hinh"
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted(GUIDE.glob("*.md"))}
FOREIGN = ("Windows protected your PC", "Thông tin thêm", "Vẫn chạy")
"""Quotations of Windows."""
_LINK = re.compile(r"\]\(([^)#]+)\)")


@pytest.mark.parametrize("page", PAGES)
def test_guide_links_exist(page: str) -> None:
    missing = [link for link in _LINK.findall(PAGES[page]) if not (GUIDE / link).is_file()]
    assert missing == []


def test_guide_pages_are_listed_and_pictures_are_used() -> None:
    listed = set(_LINK.findall(PAGES["README.md"]))
    assert listed == set(PAGES) - {"README.md"}
    used = {link for text in PAGES.values() for link in _LINK.findall(text) if link.startswith("hinh/")}
    assert used == {f"hinh/{name}.png" for name in SCENES}
    assert {f"hinh/{picture.name}" for picture in PICTURES.iterdir()} == used


def test_guide_pictures_are_small() -> None:
    assert sum(picture.stat().st_size for picture in PICTURES.iterdir()) < 2_000_000


def _window_texts() -> str:
    """Return every text of the program and its forms, on one line.

    What is filled in is an ellipsis.
    """
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "resources" / "forms").rglob("*.toml")]
    for module in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(re.sub(r"\{[^{}]*\}", "…", node.value))
            elif isinstance(node, ast.JoinedStr):
                texts.append("".join(_literal(part) for part in node.values))
    return " ".join("\n".join(texts).split()).lower()


def _literal(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "…"


def test_quoted_words_are_those_of_the_window() -> None:
    """Each quotation of a page is a text of the program; numbers may differ."""
    texts, unknown = _window_texts(), []
    for page, text in PAGES.items():
        for quotation in re.findall(r"«([^»]+)»", text):
            plain = " ".join(quotation.replace("*", "").split())
            parts = [part.strip(" .,:") for part in re.split(r"…|\d+", plain)]
            unknown += [(page, plain) for part in parts if part and part.lower() not in texts and plain not in FOREIGN]
    assert unknown == []


def test_keys_of_actions_are_those_of_the_dossier_page() -> None:
    names: dict[str, list[str]] = {}
    for action, key in KEYS.items():
        names.setdefault(key, []).append(action_name(action).lower())
    checked, wrong = 0, []
    for page, text in PAGES.items():
        for key, words in re.findall(r"\*\*([0-9A-Z])\*\*\s*\(?(?:để )?«?([a-zA-ZÀ-ỹ]+)", text):
            verbs = [name.split()[0] for name in names.get(key, ())]
            if any(name.split()[0] == words.lower() for each in names.values() for name in each):
                checked += 1
                wrong += [(page, key, words)] if words.lower() not in verbs else []
    assert wrong == [] and checked >= 6


@pytest.mark.slow
def test_guide_pictures_show_the_present_window(tmp_path: Path) -> None:
    """Take the pictures again and compare them with those of the guide."""
    call = [sys.executable, "-m", "tests.support.guide_pictures", str(tmp_path)]
    process = subprocess.run(
        call,
        cwd=ROOT,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=500,
    )
    assert process.returncode == 0, process.stderr
    assert {picture.stem for picture in tmp_path.iterdir()} == set(SCENES)
    assert stale_pictures(PICTURES, tmp_path) == {}, "take them again: python -m tests.support.guide_pictures"


def test_another_window_makes_a_picture_stale(tmp_path: Path) -> None:
    with Image.open(PICTURES / "so.png") as picture:
        changed = picture.convert("RGB")
    changed.paste((0, 0, 0), (200, 300, 500, 340))  # one more row of a list
    changed.save(tmp_path / "so.png")
    assert set(stale_pictures(PICTURES, tmp_path)) == set(SCENES), "missing, or with another row"
    changed.resize((800, 600)).save(tmp_path / "so.png")
    assert changed_part(PICTURES / "so.png", tmp_path / "so.png") == 1
    assert changed_part(PICTURES / "so.png", PICTURES / "so.png") == 0


def test_quick_card_lists_the_shortcuts_of_the_window() -> None:
    pattern = r"Ctrl\+\w+|\bF\d+\b|Esc|Quét mã"
    bold = " ".join(re.findall(r"\*\*([^*]+)\*\*", PAGES["the-nhanh.md"]))
    assert set(re.findall(pattern, bold)) == set(re.findall(pattern, " ".join(key for key, _ in SHORTCUTS)))


def test_printed_shortcut_card_has_one_page() -> None:
    with pypdfium2.PdfDocument(draw_shortcut_card("UBND xã Kiểm Thử " * 4)) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_bounded()
    for key, _ in SHORTCUTS:
        assert key in text
