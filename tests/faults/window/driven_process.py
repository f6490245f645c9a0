"""Window process that is driven from its standard input.

`python -m tests.faults.window.driven_process FOLDER` reads commands, one per line: `type NAME`, `save`, `look`. Each is
answered by the state of the screen as JSON.
"""

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import RESOURCES, open_office
from app.models.instants import office_instant
from app.storage import database
from app.ui.kit.fonts import load_fonts
from app.ui.shell.window import MainWindow, build_window
from app.window_start import window_lock

_NOW = office_instant("2026-02-09T08:00")
_ANSWER_DELAY_MS = 20
_SHORT_TIMEOUT = "PRAGMA busy_timeout=300"
"""Milliseconds to wait for a locked file; the program waits fifteen seconds, which only slows the test."""


class StdinDriver:
    """Run the commands of standard input and print the screen state."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda: self._notifier.setEnabled(False))
        self._notifier.activated.connect(self._on_command, Qt.ConnectionType.QueuedConnection)

    def _on_command(self) -> None:
        word, _, rest = sys.stdin.readline().rstrip("\n").partition(" ")
        if not word:
            QApplication.quit()
            return
        if word == "type":
            draft = {"procedure": "2.000815", "channel": "direct", "applicant": {"name": rest}}
            self._window.intake.open_draft(draft)
        elif word == "save":
            QTest.keyClick(self._window, Qt.Key.Key_F9)
        QTimer.singleShot(_ANSWER_DELAY_MS, self._answer)

    def _answer(self) -> None:
        form = self._window.intake.form
        print(json.dumps(self._screen_state(form)), flush=True)
        self._notifier.setEnabled(True)

    def _screen_state(self, form: Any) -> dict[str, Any]:
        return {
            "idle": self._window.runner.idle,
            "banner": self._window.banner.text,
            "name": form.submitter.name.text(),
            "procedure": form.chosen.code if form.chosen else "",
            "last_code": self._window.intake.last_code,
        }


def main(folder: Path) -> int:
    """Open a window on a training office and answer until stdin ends."""
    application = QApplication(sys.argv[:1])
    load_fonts(RESOURCES)
    database._PRAGMAS = (*(pragma for pragma in database._PRAGMAS if "busy_timeout" not in pragma), _SHORT_TIMEOUT)
    with window_lock(folder), closing(open_office(folder, "", _NOW)) as office:
        window = build_window(office)
        window.show()
        window.start_deferred_work()
        driver = StdinDriver(window)
        status = application.exec()
        del driver
        window.close()
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
