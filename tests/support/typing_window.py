"""Process of `test_kill.py`: half typed dossier or restored draft."""

import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.ui.shell.window import MainWindow

MAIN = Path(__file__).resolve().parents[2] / "main.py"


def window() -> MainWindow:
    """Return the window of the program."""
    (main_window,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
    return main_window


def run_until(condition: Callable[[], bool]) -> None:
    """Process events until the condition is true."""
    while not condition():
        QApplication.processEvents()


def type_until_killed(_application: object) -> int:
    """Type part of a dossier, report it and run until the process is killed."""
    run_until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    form = window().intake.form
    QTest.keyClicks(form.procedure, "2.000815")
    run_until(lambda: form.procedure.is_list_open)
    form.submitter.name.setFocus()
    run_until(lambda: form.chosen is not None)
    QTest.keyClicks(form.submitter.name, "Phung Van Dat")
    QTest.keyClicks(form.submitter.phone, "0905000111")
    form.papers.tick(0)
    run_until(lambda: not window().intake.draft._save_timer.isActive() and window().runner.idle)
    print("typed", flush=True)
    run_until(lambda: False)
    return 1


def print_offered_draft(_application: object) -> int:
    """Restore the offered draft and print it as JSON."""
    run_until(lambda: bool(window().banner.text))
    offered = window().banner.text
    window().banner._run_action()
    form = window().intake.form
    run_until(lambda: form.chosen is not None and bool(form.submitter.name.text()))
    print(json.dumps({"offered": offered, **form.read()}), flush=True)
    window().close()
    return 0


if __name__ == "__main__":
    setattr(QApplication, "exec", {"type": type_until_killed, "look": print_offered_draft}[sys.argv[2]])  # noqa: B010
    sys.argv = [str(MAIN), "--data", sys.argv[1]]
    runpy.run_path(str(MAIN), run_name="__main__")
