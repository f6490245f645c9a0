"""Subprocess of `benchmarks.start`: the program up to a usable window."""

import runpy
import sys
from pathlib import Path

MAIN = Path(__file__).resolve().parent.parent / "main.py"
READY = "ready"


def wait_until_ready(application: object) -> int:
    """Process events until the window has the focus in a field, then report.

    It replaces the event loop.
    """
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
    """Start the program on an office's folder through its command line.

    `app.ui` comes first, because the program too removes the import hook of PySide before it reads its own modules.
    """
    from PySide6.QtWidgets import QApplication

    import app.ui  # noqa: F401

    setattr(QApplication, "exec", wait_until_ready)  # noqa: B010  replaces the event loop
    sys.argv = [str(MAIN), "--data", folder]
    runpy.run_path(str(MAIN), run_name="__main__")


def add_fonts() -> None:
    """Add the fonts of the program's window."""
    from PySide6.QtGui import QFontDatabase

    for file in sorted((MAIN.parent / "resources" / "fonts" / "noto-sans").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def open_bare_window() -> None:
    """Open the limit: a bare window with the program's libraries and fonts."""
    import sqlalchemy.orm  # noqa: F401
    import sqlcipher3  # noqa: F401
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    add_fonts()
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
