"""Modules that a start reads: nothing heavy before it is needed.

The benchmarks `start` and `cli_start` measure the time; this test names the module that brings it back.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap import create_office
from app.cli.training import DEMO_OFFICE

ROOT = Path(__file__).parents[2]
_LIST = "import json, sys; print(json.dumps(sorted(sys.modules)))"
_SCAN = f"""
import sys
from app.bootstrap import main
main(["--data", sys.argv[1], "scan", "1234567890123456"])
{_LIST}
"""
_WINDOW = f"""
import sys
from benchmarks import window

def list_modules(application):
    {_LIST}
    sys.stdout.flush()
    application.topLevelWidgets()[0].close()
    return 0

window.wait_until_ready = list_modules
window.open_window(sys.argv[1])
"""
_OPEN_WINDOW = f"""
import sys
from benchmarks import window_driver

def list_modules(driver, number):
    {_LIST}
    sys.stdout.flush()
    return {{}}

window_driver.TASKS["modules"] = list_modules
window_driver.open_window("modules", sys.argv[1], "2026-06-15T09:30:00+07:00", 1)
"""
_SENDING_PLAN = f"import app.usecases.sync.plan\n{_LIST}"
"""The window asks every half minute, also without a receiver."""
_LIBRARIES = (
    *("alembic", "argon2", "barcode", "docx", "holidays", "httpx", "nacl", "openpyxl", "PIL", "pypdfium2"),
    *("qtawesome", "reportlab", "serial", "sqlalchemy.orm", "tomlkit", "xlsxwriter", "zstandard", "zxingcpp"),
)
"""Libraries of later work."""
_OF_LATER_WORK = (
    *("app.models.calendar", "app.models.forms", "app.models.law", "app.models.reports", "app.printing"),
    *("app.services.intake", "app.services.law", "app.services.reporting", "app.services.sending"),
    *("app.office.guide.founding", "app.office.restore", "app.storage.reporting", "app.usecases.reporting"),
    *("app.storage.outgoing", "app.usecases.office.form_sets", "app.usecases.office.office_proof"),
)
"""Modules of papers, law, reports, sending, founding and restore."""
_OF_NO_DAY = (
    *("alembic", "docx", "holidays", "httpx", "openpyxl", "qtawesome", "sqlalchemy.orm", "tomlkit", "xlsxwriter"),
    *("PIL.ImageFont", "PySide6.QtSvg", "cryptography", "keyring", "serial"),
    *("app.ui.admin", "app.ui.law", "app.ui.lists", "app.ui.reports", "app.ui.rules", "app.ui.settings"),
    *("app.services.law_packages.applying", "app.services.packages.kinds", "app.services.reporting"),
    *("app.services.sending", "app.usecases.reporting"),
    *("app.storage.reporting.figures", "app.storage.reporting.known"),
)
"""What a window that waits for its user has not read."""
_FORBIDDEN = {
    "scan": (_SCAN, (*_LIBRARIES, "PySide6", "app.ui", "app.services.dossier_detail", *_OF_LATER_WORK)),
    "window": (_WINDOW, (*_LIBRARIES, "app.scanning", "app.services.dossier_detail", *_OF_LATER_WORK)),
    "open window": (_OPEN_WINDOW, _OF_NO_DAY),
    "sending plan": (
        _SENDING_PLAN,
        (
            "app.printing",
            "app.services.documents",
            "app.services.sending.files",
            "app.sync.bundle",
            "httpx",
            "zstandard",
        ),
    ),
}


@pytest.mark.parametrize("start", sorted(_FORBIDDEN))
def test_start_reads_nothing_of_later_work(start: str, tmp_path: Path) -> None:
    create_office(tmp_path / "office", DEMO_OFFICE, training=True)
    script, forbidden = _FORBIDDEN[start]
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "office")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    modules = json.loads(next(line for line in answer.stdout.splitlines() if line.startswith("[")))
    heavy = [each for each in modules if any(f"{each}.".startswith(f"{name}.") for name in forbidden)]
    assert heavy == [], f"«{start}» reads {heavy}; import them where they are used"


def test_open_window_searches_only_what_came_after_its_start(tmp_path: Path) -> None:
    """Python itself searches no more, because it would do so in any thread."""
    create_office(tmp_path / "office", DEMO_OFFICE, training=True)
    script = _OPEN_WINDOW.replace(
        _LIST,
        "import gc; print([gc.get_freeze_count() > 100_000, len(gc.get_objects()) < 50_000, gc.isenabled()])",
    )
    answer = subprocess.run(
        [sys.executable, "-c", "import gc; gc.set_threshold(50_000)\n" + script, str(tmp_path / "office")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "[True, True, False]" in answer.stdout, answer.stdout + answer.stderr


def test_window_start_keeps_no_source_of_modules(tmp_path: Path) -> None:
    create_office(tmp_path / "office", DEMO_OFFICE, training=True)
    script = _WINDOW.replace(_LIST, "import json, linecache; print(json.dumps(list(linecache.cache)))")
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "office")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    cached = {Path(file) for file in json.loads(answer.stdout.splitlines()[-1])}
    package = ROOT / "app"
    read_by_the_hook = {package / "__init__.py", package / "ui" / "__init__.py"}  # before it is removed
    assert {file for file in cached if file.is_relative_to(package)} <= read_by_the_hook
