"""Run the window of the guide until it ends."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.keys.credentials import UnlockCredentials
from app.office.guide.guide import Guide
from app.ui.kit.icons import apply_icon_font, load_icon_font
from app.ui.kit.style import apply_stylesheet
from app.ui.shell.application import RESTORE_REQUESTED, START_REAL, create_application

if TYPE_CHECKING:
    from app.office.restore_request import RestoreResult
    from app.ui.admin.restore_dialog import RestoreInput
    from app.ui.guide.window import GuideResult

__all__ = ["RESTORE_REQUESTED", "START_REAL", "run_guide", "show_restore"]


def run_guide(guide: Guide, resources: Path) -> "GuideResult | None":
    """Show the guide; return what to open, None if it was closed."""
    from app.ui.guide.window import GuideWindow

    application, colours = create_application(resources)
    window = GuideWindow(guide, lambda parent: show_restore(guide, parent))
    apply_stylesheet(application, colours, resources)
    window.showMaximized()
    window.activateWindow()
    QTimer.singleShot(0, window, lambda: apply_icon_font(load_icon_font()))
    application.exec()
    return window.result


def show_restore(guide: Guide, parent: QWidget) -> bool:
    """Show the dialog of a restore; return whether an office was restored."""
    from app.ui.admin.restore_dialog import RestoreDialog

    def act(typed: "RestoreInput", only_check: bool) -> "RestoreResult":
        credentials = UnlockCredentials(typed.first.name, typed.first.secret, typed.recovery)
        return guide.restore(typed.backup, only_check, credentials, typed.second, typed.fingerprint)

    return RestoreDialog(act, False, guide.warning, parent).exec() == RestoreDialog.DialogCode.Accepted
