"""Write the focused field of the program to a file, for tests that type.

Python imports this module at its start if its folder is on the path; MOTCUA_TEST_FOCUS names the file. It imports
nothing of the program, so that it also serves inside the installed Windows package.
"""

import os


def _report(file: str) -> None:
    from PySide6 import QtWidgets

    class ReportingApplication(QtWidgets.QApplication):
        """Application that writes each change of the focus."""

        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)
            self.focusObjectChanged.connect(self.write_focus)

        def write_focus(self, focused: object) -> None:
            """Write object name, else text, of the focused object."""
            name = ""
            if isinstance(focused, QtWidgets.QWidget):
                name = focused.objectName() or str(focused.property("text") or type(focused).__name__)
            with open(file, "w", encoding="utf-8") as report:
                report.write(name)

    QtWidgets.QApplication = ReportingApplication


if os.environ.get("MOTCUA_TEST_FOCUS"):
    _report(os.environ["MOTCUA_TEST_FOCUS"])
