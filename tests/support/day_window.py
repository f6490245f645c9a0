"""The program as `main.py window` opens it; a line on stdin asks what a person would see on its screen: the other half
of `test_day_at_the_counter.py`."""

import json
import sys
from queue import Queue
from threading import Thread
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import main
from app.ui.shell.window import MainWindow


def visible_state() -> dict[str, Any]:
    """What stands on the screen, and where keys go."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = next((each for each in application.topLevelWidgets() if isinstance(each, MainWindow)), None)
    if window is None or window.guard is None or application.focusWindow() is None:
        return {"ready": False, "window": 0 if window is None else int(window.winId())}
    dossier, form = window.dossier, window.intake.form
    caret = application.focusWidget()
    popup = application.activePopupWidget() or application.activeModalWidget()
    return {
        "window": int(window.winId()),
        "ready": window.runner.idle and window.isVisible() and window.prints.preloaded,
        "page": window.current_page_name,
        "caret": caret.objectName() if caret else "",
        "over": type(popup).__name__ if popup else "",
        "banner": window.banner.text,
        "chosen": form.chosen.code if form.chosen else "",
        "person": {name: getattr(form.submitter, name).text() for name in ("id_number", "name", "phone", "address")},
        "usual": [line.code for line in form.papers_part.frequent.lines],
        "taken": window.intake.last_code,
        "prints": window.intake.saved_banner._prints.text(),
        "dossier": dossier.detail.code if dossier.detail else "",
        "status": dossier.detail.status.value if dossier.detail else "",
        "acts": [action.value for action in dossier.action_bar.allowed],
        "asking": dossier.action_form is not None,
        "morning": window.start.summary.text(),
        "report": window.reports.model.rowCount() if "reports" in window.pages.created else 0,
        "count": window.count._summary.text(),
        "scans": len(window.count.scans),
        "waiting": len(window.prints.queue),
    }


def answer_requests() -> None:
    """One answer for each line of stdin; at its end the window is closed, as a person closes it."""
    answers: Queue[dict[str, Any]] = Queue()
    for _line in sys.stdin:
        application = QApplication.instance()
        if application is None:
            answers.put({"ready": False})
        else:
            QTimer.singleShot(0, application, lambda: answers.put(visible_state()))
        print(json.dumps(answers.get()), flush=True)
    application = QApplication.instance()
    if application is not None:
        QTimer.singleShot(0, application, QApplication.closeAllWindows)


if __name__ == "__main__":
    Thread(target=answer_requests, daemon=True).start()
    sys.exit(main())
