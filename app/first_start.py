"""First start: the guide, then the office that it names.

It joins the guide's window with the sample work of the command line. Bootstrap passes the functions that open offices.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.context import CliContext, OpenOfficeCallable
from app.office.guide.answers import GuidePage
from app.office.guide.founding import GuideTools, RestoreCallable
from app.office.guide.guide import Guide
from app.office.guide.places import GuidePlaces
from app.office.session import OfficeSession
from app.resource_files import RESOURCES

if TYPE_CHECKING:
    from app.settings import Office
    from app.usecases.office.create import CreatedOffice


@dataclass(frozen=True)
class StartFunctions:
    """Functions of bootstrap that the first start uses.

    `open_for_window` opens and signs in, `run_window` runs a session's window, `show_window` opens a folder's office.
    """

    now: Callable[[], datetime]
    built_on: date
    catalogue: str
    create_office: "Callable[..., tuple[Office, CreatedOffice]]"
    open_office: OpenOfficeCallable
    open_for_window: Callable[..., OfficeSession]
    window_lock: Callable[[Path], AbstractContextManager[None]]
    run_window: Callable[..., int]
    show_window: Callable[..., int]
    restore: RestoreCallable
    context: CliContext


def show_guide(places: GuidePlaces, functions: StartFunctions, start: GuidePage | None = None) -> int:
    """Show the guide, then the office that it names; return the exit status."""
    from app.ui.shell.guide_run import RESTORE_REQUESTED, START_REAL, run_guide

    with ExitStack() as locks:
        guide = Guide(places, guide_tools(functions, locks), start)
        try:
            result = run_guide(guide, RESOURCES)
        finally:
            guide.close()
        if result is None:
            if guide.founded is not None:
                guide.founded.session.close()
            return 0
        status = 0 if result.session is None else functions.run_window(result.session)
    if result.session is not None and status != RESTORE_REQUESTED:
        return status
    if not result.demo:
        return functions.show_window(result.folder, "", restore_first=status == RESTORE_REQUESTED)
    with functions.window_lock(result.folder):
        session = functions.open_for_window(result.folder, "", None, "")
        status = functions.run_window(session, demo=True)
    return show_guide(places, functions, GuidePage.OFFICE) if status == START_REAL else status


def guide_tools(functions: StartFunctions, locks: ExitStack) -> GuideTools:
    """Return what the guide uses; `locks` keeps the founded office's lock."""

    def open_founded(folder: Path, name: str, password: str) -> OfficeSession:
        with ExitStack() as lock:
            lock.enter_context(functions.window_lock(folder))
            session = functions.open_for_window(folder, name, None, password)
            locks.push(lock.pop_all())
            return session

    def create(folder: Path, text: str, training: bool, password: str) -> "tuple[Office, CreatedOffice]":
        return functions.create_office(folder, text, training, None, password, guided=not training)

    def create_demo(folder: Path) -> None:
        from app.cli.commands.demo import fill_with_sample_work
        from app.cli.training import DEMO_OFFICE

        functions.create_office(folder, DEMO_OFFICE, True)
        fill_with_sample_work(functions.context, folder, None)

    return GuideTools(
        now=functions.now,
        built_on=functions.built_on,
        catalogue=functions.catalogue,
        create=create,
        open_window=open_founded,
        open_training=lambda folder: functions.open_office(folder, "", None, ""),
        create_demo=create_demo,
        restore=functions.restore,
    )
