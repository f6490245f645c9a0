"""The program with its window, driven over stdin by a test.

`test_day_at_the_counter.py` starts it.

An empty line asks for the state of the screen. `hold` retains the keys that arrive from then on. `deliver` passes them
on if they came at a scanner's pace and drops them otherwise.
"""

import json
import sys
from functools import partial
from itertools import pairwise
from queue import Queue
from threading import Thread
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import getCppPointer

from app.bootstrap import main
from app.ui.devices.wedge_guard import GAP_MS
from app.ui.shell.window import MainWindow


class KeyGate(QObject):
    """Holds a scan until its pace is known.

    A busy machine may be slower than a scanner.
    """

    def __init__(self) -> None:
        super().__init__()
        self.held: list[tuple[QWindow, QKeyEvent]] = []

    @property
    def presses(self) -> list[int]:
        """The X server's timestamps of the presses held."""
        return [event.timestamp() for _window, event in self.held if event.type() == QEvent.Type.KeyPress]

    def hold(self, application: QApplication) -> None:
        """Retain what arrives from now on; the scan guard does not receive it."""
        application.installEventFilter(self)

    def deliver(self, application: QApplication) -> bool:
        """Pass the held keys on with their timestamps.

        False if a gap exceeds a scanner's; no key is passed on then.
        """
        application.removeEventFilter(self)
        at_pace = all(later - earlier <= GAP_MS for earlier, later in pairwise(self.presses))
        held, self.held = self.held, []
        for window, event in held if at_pace else ():
            QCoreApplication.sendEvent(window, event)
        return at_pace

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Retain a key of a window."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent) or event.type() not in kinds:
            return False
        self.held.append((watched, event.clone()))
        return True


GATE = KeyGate()


def visible_state() -> dict[str, Any]:
    """Return what the window shows and which field has the focus."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = next((widget for widget in application.topLevelWidgets() if isinstance(widget, MainWindow)), None)
    if window is None or window.guard is None or application.focusWindow() is None:
        return {"ready": False, "window": 0 if window is None else int(window.winId())}
    dossier, form = window.dossier, window.intake.form
    focused = application.focusWidget()
    popup = application.activePopupWidget() or application.activeModalWidget()
    return {
        "window": int(window.winId()),
        "ready": window.runner.idle and window.isVisible() and window.prints.preloaded,
        "page": window.current_page_name,
        "caret": focused.objectName() if focused else "",
        "caret_title": focused.accessibleName() if focused else "",
        "focus": getCppPointer(focused)[0] if focused else 0,
        "held": len(GATE.presses),
        "over": type(popup).__name__ if popup else "",
        "over_window": int(popup.winId()) if popup else 0,
        "banner": window.banner.text,
        "chosen": form.chosen.code if form.chosen else "",
        "person": {name: getattr(form.submitter, name).text() for name in ("id_number", "name", "phone", "address")},
        "usual": [line.code for line in form.papers_part.frequent.lines if line is not None],
        "taken": window.intake.last_code,
        "prints": window.intake.saved_banner._prints.text(),
        "dossier": dossier.detail.code if dossier.detail else "",
        "status": dossier.detail.status.value if dossier.detail else "",
        "acts": [action.value for action in dossier.action_bar.allowed],
        "asking": dossier.action_form is not None,
        "question": dossier.action_form.error if dossier.action_form else "",
        "morning": window.start.summary.text(),
        "report": window.reports.model.rowCount() if "reports" in window.pages.created else 0,
        "report_name": window.reports.choices.report_name if "reports" in window.pages.created else "",
        "count": window.count._summary.text(),
        "scans": len(window.count.scans),
        "doubts": window.intake.doubt_bar.isVisible(),
        "form_empty": form.empty,
        "marked": len(window.worklist.model.marked),
        "work": window.worklist.model.rowCount(),
        "register": window.registers.model.rowCount() if "registers" in window.pages.created else 0,
        "closing": window.start.closing.state.text(),
        "close_button": window.start.closing.close_button.text(),
        "steps": len(dossier.detail.steps) if dossier.detail else 0,
        "typed": str(focused.property("text") or "") if focused else "",
        "waiting": len(window.prints.queue),
    }


def carry_out(request: str, answers: Queue[dict[str, Any]]) -> None:
    """Carry out one request and queue its answer."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    try:
        answers.put(_answer(request, application))
    except Exception as error:
        answers.put({"ready": False, "error": repr(error)})  # else the test would wait for the answer
        raise


def _answer(request: str, application: QApplication) -> dict[str, Any]:
    if request == "hold":
        GATE.hold(application)
        return {}
    return {"delivered": GATE.deliver(application)} if request == "deliver" else visible_state()


def leave() -> None:
    """Close the window without the question about unfinished work."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow):
            window.asks_before_leaving = False
    QApplication.closeAllWindows()


def answer_requests() -> None:
    """Answer each line of stdin; close the window at the end."""
    answers: Queue[dict[str, Any]] = Queue()
    for line in sys.stdin:
        application = QApplication.instance()
        if application is None:
            answers.put({"ready": False})
        else:
            QTimer.singleShot(0, application, partial(carry_out, line.strip(), answers))
        print(json.dumps(answers.get()), flush=True)
    application = QApplication.instance()
    if application is not None:
        QTimer.singleShot(0, application, leave)


if __name__ == "__main__":
    Thread(target=answer_requests, daemon=True).start()
    sys.exit(main())
