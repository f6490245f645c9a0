"""Update from a file on the office page (F8)."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton

from app.office.update.installer_file import CheckedUpdate
from app.ui.admin.program_update import ProgramUpdate
from app.wording.program.update import UPDATE_REFUSALS


def test_office_page_offers_the_update(window: Any, qtbot: Any) -> None:
    window.go_to_page("office")
    button = window.office.findChild(QPushButton, "office.update")
    assert button is not None and button.text() == "Cập nhật từ tệp…" and button.isVisible()


def test_refused_file_is_a_sentence_in_the_banner(window: Any, qtbot: Any, tmp_path: Path) -> None:
    """This program was not installed by the Windows installer."""
    file = tmp_path / "motcua-9.9.9-cai-dat.exe"
    file.write_bytes(b"MZ")
    update = ProgramUpdate(window.runner, window.office)
    with qtbot.waitSignal(window.runner.message_posted, timeout=10_000) as shown:
        update.check(file)
    assert shown.args[0].text == UPDATE_REFUSALS["update_not_installed"]
    assert [entry.name for entry in tmp_path.iterdir()] == [file.name]


def test_accepted_update_is_planned_before_the_window_closes(desk: Any, window: Any, qtbot: Any) -> None:
    update = ProgramUpdate(window.runner, window.office)
    with qtbot.waitSignal(update.ready, timeout=10_000):
        update.start(CheckedUpdate("9.9.9", b"MZ"))
    assert desk.planned == ["9.9.9"]
