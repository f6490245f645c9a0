"""Process of `test_signin_telex_x.py`: the program at its sign-in.

It reports `ready` once the password has the focus, `composing` with each word that an input method composes there,
`error` with the sentence of a refused sign-in, and `signed in`.
"""

import runpy
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent

from app.ui.shell.signin_dialog import SignInDialog
from tests.support.typing_window import MAIN


class Reporter(QObject):
    """Event filter of the password field."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Report the focus, and the word under composition."""
        if event.type() == QEvent.Type.FocusIn:
            print("ready", flush=True)
        if isinstance(event, QInputMethodEvent) and (event.preeditString() or event.commitString()):
            print(f"composing {event.preeditString()}{event.commitString()}", flush=True)
        return False


class ReportingDialog(SignInDialog):
    """Sign-in dialog that reports what happens."""

    def showEvent(self, event: object) -> None:
        """Watch the password field."""
        self.secret.installEventFilter(Reporter(self))
        super().showEvent(event)

    def submit(self) -> None:
        """Report the outcome of an attempt."""
        super().submit()
        print(f"error {self.secret_box.error}" if self.secret_box.error else "signed in", flush=True)


if __name__ == "__main__":
    import app.ui.shell.signin_dialog

    setattr(app.ui.shell.signin_dialog, "SignInDialog", ReportingDialog)  # noqa: B010
    sys.argv = [str(MAIN), *sys.argv[1:]]
    runpy.run_path(str(MAIN), run_name="__main__")
