"""Start of the window: lock, sign-in, reason of a failed start, and end.

Bootstrap passes the functions that open and restore offices.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.keys.credentials import UnlockCredentials
from app.keys.file_names import is_locked
from app.machine.freed_memory import return_freed_memory
from app.models.errors import Fault, Refusal
from app.office.guide.places import GuidePlaces, needs_guide, read_pointer
from app.office.session import OfficeSession
from app.office.unlock import read_sign_in_names
from app.resource_files import RESOURCES
from app.services.credentials import Credentials
from app.services.office_file import office_of_file
from app.settings import FILE_NAME as OFFICE_FILE
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.locks import hold_lock
from app.wording.refusals import error_sentence

if TYPE_CHECKING:  # imported on use, because they would slow every start
    from app.office.guide.founding import RestoreCallable
    from app.office.restore_request import RestoreResult
    from app.office.update.first_opening import FirstOpening
    from app.ui.admin.restore_dialog import RestoreInput

_REMEDIED_BY_RESTORE = frozenset(
    (
        *("database_missing", "database_gone", "database_older", "database_damaged", "database_exchanged"),
        *("office_forged", "office_file_lost", "keys_missing", "keys_damaged", "keys_forged", "keys_tampered"),
    )
)
"""Faults of a start that a backup remedies."""
_SCREEN_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@contextmanager
def window_lock(folder: Path) -> Iterator[None]:
    """Lock the folder for one window; commands still work beside it.

    Raises Fault `office_open_elsewhere`.
    """
    if not (folder / databases.FILE_NAME).is_file():
        raise databases.missing_database_fault(folder / databases.FILE_NAME)
    with ExitStack() as lock:
        with map_errors_to_fault():
            lock.enter_context(hold_lock(folder / "window.lock"))
        yield


def run_window(
    office: OfficeSession, file: Path | None = None, *, demo: bool = False, opening: "FirstOpening | None" = None
) -> int:
    """Run the window of a session up to its end; return its exit status.

    At the end it backs up, sends, and hands a planned update over.
    """
    from app.ui.shell.application import open_window

    if opening is not None:
        office.watch_opening(opening)
    try:
        status = open_window(office, RESOURCES, file, demo=demo)
        from app.office.exchange.sync_end import send_before_closing  # after the window, which opens without it

        office.backups.run_if_due(at_end=True)
        send_before_closing(office)
        office.begin_update()
    finally:
        office.close()
    if office.planned_update is not None:
        from app.office.update.start import hand_over

        hand_over(office.planned_update, office.folder, office.facts.actor)
    return status


class WindowRequest(NamedTuple):
    """A start of the window: folder, user, and the file to show.

    `pretend` is the pretended time of a training office. With `restore_first` a backup is restored before.
    """

    folder: Path
    user: str
    pretend: datetime | None = None
    password: str = ""
    restore_first: bool = False
    file: Path | None = None


class WindowStart(NamedTuple):
    """The start of the window by functions of bootstrap.

    `open_for_window` opens an office and signs in; `guide_places` and `show_guide` are those of the first start.
    """

    open_for_window: Callable[..., OfficeSession]
    restore: "RestoreCallable"
    guide_places: Callable[[], GuidePlaces]
    show_guide: Callable[[GuidePlaces], int]

    def show(self, request: WindowRequest) -> int:
        """Open the window; return its exit status when it is closed.

        Nothing is opened if the user cancels the restore. If a window is open on the folder, it comes to the front.
        """
        if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREEN_VARIABLES):
            raise Fault("no_screen")
        return_freed_memory()
        from app.ui.shell.application import RESTORE_REQUESTED

        folder = request.folder
        if request.restore_first and not self._restore(folder):
            return 0
        try:
            if request.pretend is None and needs_guide(places := self.guide_places(), folder):
                named = folder not in (places.default, places.shared, read_pointer(places))
                return self.show_guide(replace(places, proposed=folder if named else None))
            status = self._show_locked(request)
            while status == RESTORE_REQUESTED:
                self._restore(folder)
                status = self._show_locked(request._replace(password="", file=None))
            return status
        except (Refusal, Fault) as error:
            if error.code == "office_open_elsewhere" and _show_first_window(folder, request.file):
                return 0
            if sys.stderr is not None or not self._restores_after(error, folder):
                raise
        return self.show(WindowRequest(folder, request.user, request.pretend))

    def _show_locked(self, request: WindowRequest) -> int:
        from app.office.update.first_opening import UpdateTakenBackError, first_opening, window_arguments

        folder, user = request.folder, request.user
        try:
            with window_lock(folder), first_opening(folder, os.environ, window_arguments(folder, user)) as opening:
                if (user and request.password) or not is_locked(folder):
                    session = self.open_for_window(folder, user, request.pretend, request.password)
                    return run_window(session, request.file, opening=opening)
                return self._sign_in_first(request, opening)
        except UpdateTakenBackError:
            return 0  # the former program opens its window

    def _sign_in_first(self, request: WindowRequest, opening: "FirstOpening") -> int:
        """Sign in to a real office, then open its window."""
        from app.ui.shell.application import SignInPrompt, sign_in

        sessions: list[OfficeSession] = []
        folder = request.folder

        def attempt(name: str, password: str, recovery: str = "", second: Credentials | None = None) -> None:
            with opening.watched():
                sessions.append(self.open_for_window(folder, name, None, password, recovery, second))

        office_name = office_of_file(folder / OFFICE_FILE).name
        names, last = read_sign_in_names(folder)
        try:
            sign_in(SignInPrompt(office_name, names, request.user or last, folder), attempt, RESOURCES)
        except BaseException:
            for session in sessions:
                session.close()
            raise
        return run_window(sessions[0], request.file, opening=opening) if sessions else 0

    def _restores_after(self, error: Refusal | Fault, folder: Path) -> bool:
        """Show why the office is not opened; return whether it was restored.

        The program was started without a terminal, so that the user would not see the reason.
        """
        from app.ui.shell.fatal_dialog import show_fatal_error

        sentence = error_sentence(error)
        offers_restore = error.code in _REMEDIED_BY_RESTORE
        shown = show_fatal_error(sentence, RESOURCES, offers_restore=offers_restore)
        return shown and self._restore(folder, sentence)

    def _restore(self, folder: Path, reason: str = "") -> bool:
        """Let the user restore a backup; return whether it was restored."""
        from app.ui.shell.application import restore_backup

        def act(typed: "RestoreInput", only_check: bool) -> "RestoreResult":
            credentials = UnlockCredentials(typed.first.name, typed.first.secret, typed.recovery)
            return self.restore(folder, typed.backup, only_check, credentials, typed.second, typed.fingerprint)

        known_office = not reason and (folder / OFFICE_FILE).is_file()
        return restore_backup(act, known_office, reason, RESOURCES)


def _show_first_window(folder: Path, file: Path | None) -> bool:
    from app.ui.shell.second_start import show_first_window

    return show_first_window(folder, file)
