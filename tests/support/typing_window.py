"""Started as a process of its own: the real program on an office's folder, in which somebody types, or looks what is
offered after the power came back. Says in a line what it did."""

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
    """The program's window."""
    (found,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    return found


def wait(until: Callable[[], bool]) -> None:
    """Lets the program run until something holds."""
    while not until():
        QApplication.processEvents()


def type_and_stay(_application: object) -> int:
    """Types part of a dossier and leaves it so, until the process is killed."""
    wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    form = window().intake.form
    QTest.keyClicks(form.procedure, "2.000815")
    wait(lambda: form.procedure.list_open)
    form.submitter.name.setFocus()
    wait(lambda: form.chosen is not None)
    QTest.keyClicks(form.submitter.name, "Phung Van Dat")
    QTest.keyClicks(form.submitter.phone, "0905000111")
    form.papers.tick(0)
    wait(lambda: not window().intake.draft._pause.isActive() and window().runner.idle)
    print("typed", flush=True)
    wait(lambda: False)
    return 1


def look(_application: object) -> int:
    """Opens what is offered and tells it."""
    wait(lambda: bool(window().banner.text))
    offered = window().banner.text
    window().banner._acted()
    form = window().intake.form
    wait(lambda: form.chosen is not None and bool(form.submitter.name.text()))
    print(json.dumps({"offered": offered, **form.read()}), flush=True)
    window().close()
    return 0


if __name__ == "__main__":
    setattr(QApplication, "exec", {"type": type_and_stay, "look": look}[sys.argv[2]])  # noqa: B010
    sys.argv = [str(MAIN), "--data", sys.argv[1]]
    runpy.run_path(str(MAIN), run_name="__main__")
