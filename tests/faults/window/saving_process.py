"""Window process that saves dossiers until it is killed.

`python -m tests.faults.window.saving_process FOLDER save` types a dossier, presses F9 at once, continues with the next
and prints each step. `look` instead of `save` prints the draft that a new window offers.
"""

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import RESOURCES, open_office
from app.models.instants import office_instant
from app.ui.kit.fonts import load_fonts
from app.ui.shell.window import MainWindow, build_window
from app.usecases.intake.draft import ListDrafts, list_drafts

_NOW = office_instant("2026-02-09T08:00")
_DOSSIERS = 10_000
_DIGITS = ["Không", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín"]


def report(*words: str) -> None:
    """Print one line for the parent process."""
    print(*words, sep="\t", flush=True)


def number_words(number: int) -> str:
    """Return a number as words; a name with digits is doubtful."""
    return " ".join(_DIGITS[int(digit)] for digit in str(number))


def save(window: MainWindow, number: int) -> None:
    """Type the next applicant and press F9 at once."""
    name = f"Nguyễn Thị {number_words(number)}"
    window.intake.open_draft({"procedure": "2.000815", "channel": "direct", "applicant": {"name": name}})
    QTimer.singleShot(0, window, partial(_press_when_typed, window, name))


def _press_when_typed(window: MainWindow, name: str) -> None:
    form = window.intake.form
    if form.chosen is None or form.submitter.name.text() != name:
        QTimer.singleShot(0, window, partial(_press_when_typed, window, name))
        return
    report("typed", name, form.request_id)
    QTest.keyClick(window, Qt.Key.Key_F9)
    _report_when_saved(window, form.request_id)


def _report_when_saved(window: MainWindow, request_id: str) -> None:
    drafts = window.runner.desk.read(list_drafts, ListDrafts())
    if drafts and drafts[0].form["request_id"] == request_id:
        report("draft", request_id)
    elif window.intake.form.request_id == request_id:
        QTimer.singleShot(0, window, partial(_report_when_saved, window, request_id))


def report_offer(window: MainWindow) -> None:
    """Report the draft that the window offers, once it is shown."""
    drafts = window.runner.desk.read(list_drafts, ListDrafts())
    if not drafts:
        report("nothing")
    elif window.banner.text:
        report("offered", window.banner.text, str(drafts[0].form["request_id"]))
    else:
        QTimer.singleShot(0, window, partial(report_offer, window))
        return
    QApplication.quit()


def main(folder: Path, mode: str) -> int:
    """Open the window, then save dossiers or report the offered draft."""
    application = QApplication(sys.argv[:1])
    load_fonts(RESOURCES)
    office = open_office(folder, "", _NOW)
    window = build_window(office)
    window.show()
    window.start_deferred_work()
    numbers = iter(range(1, _DOSSIERS))
    if mode == "look":
        QTimer.singleShot(0, window, partial(report_offer, window))
    else:
        window.intake.accepted.connect(partial(report, "saved"))
        window.intake.accepted.connect(lambda _code: QTimer.singleShot(0, window, lambda: save(window, next(numbers))))
        save(window, next(numbers))
    status = application.exec()
    window.close()
    office.close()
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
