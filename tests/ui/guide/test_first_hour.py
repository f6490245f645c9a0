"""The first hour by keys on an X server: an empty folder, then a receipt."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.project import ROOT
from tests.support.xvfb import MISSING_TOOLS, x_server
from tests.ui.guide.first_hour import ThermalPrinter, Typist, focus_variables, walk

MAX_KEYS, MAX_SECONDS = 150, 600
pytestmark = [
    pytest.mark.posix,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING_TOOLS), reason=f"not installed here: {MISSING_TOOLS}"),
]


@pytest.fixture
def printer() -> Iterator[ThermalPrinter]:
    printer = ThermalPrinter()
    yield printer
    printer.close()


@pytest.fixture
def typist(tmp_path: Path) -> Iterator[Typist]:
    """A typist before the program, which starts with no office and no options."""
    folders = {f"XDG_{name.upper()}_HOME": str(tmp_path / name) for name in ("state", "data", "config")}
    focus = tmp_path / "focus"
    environment = {**os.environ, **folders, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)}
    environment |= focus_variables(focus, str(ROOT / "tests/support/focus_report"))
    with x_server() as display:
        program = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py")], env={**environment, "DISPLAY": display}, cwd=tmp_path
        )
        yield Typist(display, tmp_path / "state/motcua-office", tmp_path / "data/motcua", focus)
        program.terminate()
        program.wait(120)


def test_empty_folder_leads_to_a_printed_receipt(typist: Typist, printer: ThermalPrinter, tmp_path: Path) -> None:
    sheet = tmp_path / "khoa.pdf"
    walk(typist, printer, sheet, str(sheet))
    print(f"{typist.keys} keys, {typist.seconds:.0f} s")
    assert typist.keys <= MAX_KEYS and typist.seconds < MAX_SECONDS
