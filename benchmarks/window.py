"""Started by `start` as a process of its own: the program as `main.py` starts it, until its window can be typed in."""

import runpy
import sys
from pathlib import Path

MAIN = Path(__file__).resolve().parent.parent / "main.py"
READY = "ready"


def wait_until_ready(application: object) -> int:
    """In place of the event loop: as long as the window is not in sight with the caret in a field. Says so, once."""
    from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

    while True:
        QApplication.processEvents()
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit | QComboBox) and focused.isVisible() and focused.window().isActiveWindow():
            break
    print(READY, flush=True)
    focused.window().close()
    return 0


def open_window(folder: str) -> None:
    """The program on an office's folder, from the same line a person types."""
    from PySide6.QtWidgets import QApplication

    setattr(QApplication, "exec", wait_until_ready)  # noqa: B010  the one place where the loop is taken over
    sys.argv = [str(MAIN), "--data", folder]
    runpy.run_path(str(MAIN), run_name="__main__")


def open_bare_window() -> None:
    """The limit: what any window over this database cannot do without."""
    import sqlalchemy.orm  # noqa: F401
    import sqlcipher3  # noqa: F401
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.show()
    while not window.isActiveWindow():
        application.processEvents()
    print(READY, flush=True)
    window.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        open_window(sys.argv[1])
    else:
        open_bare_window()
