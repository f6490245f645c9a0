"""Process of `test_ibus_x.py`: a window in which an input method composes.

It reports `ready` once the name has the focus, `composing` with each half-composed word, and `saved`.
"""

import runpy
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.typing_window import MAIN, run_until, window


class CompositionReporter(QObject):
    """Event filter that reports half-composed words."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Report the word under composition."""
        if isinstance(event, QInputMethodEvent) and event.preeditString():
            print(f"composing {event.preeditString()}", flush=True)
        return False


def compose_and_save(_application: object) -> int:
    """Choose a procedure, await the typed name and its saving, and report it."""
    run_until(lambda: any(widget.isVisible() for widget in QApplication.topLevelWidgets()))
    main_window = window()
    run_until(lambda: main_window.isActiveWindow() and main_window.runner.idle)
    form = main_window.intake.form
    QTest.keyClicks(form.procedure, "2.000815")
    run_until(lambda: form.procedure.is_list_open)
    form.submitter.name.setFocus()
    run_until(lambda: form.chosen is not None)
    for place, paper in enumerate(form.papers.papers.rows):
        if not paper.ticked:  # a missing one would be asked about
            form.papers.tick(place)
    form.submitter.name.installEventFilter(CompositionReporter(form))
    unsaved = form.request_id
    print("ready", flush=True)
    run_until(lambda: form.request_id != unsaved and main_window.runner.idle)
    print("saved", flush=True)
    return 0


if __name__ == "__main__":
    setattr(QApplication, "exec", compose_and_save)  # noqa: B010
    sys.argv = [str(MAIN), "--data", sys.argv[1]]
    runpy.run_path(str(MAIN), run_name="__main__")
