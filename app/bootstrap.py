"""Composition root: clock, office session, window and command line.

It is the only module that reads the machine's clock and the only one that imports every layer.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.keys.credentials import UnlockCredentials
from app.keys.file_names import is_locked
from app.machine.crash_dumps import hide_memory
from app.machine.folders import guide_folder, shared_data_folder
from app.machine.uptime import uptime
from app.models.errors import Refusal
from app.models.instants import local_day
from app.office.chosen_places import refuse_network
from app.office.desk import SessionFacts
from app.office.guide.places import GuidePlaces, find_data_folder
from app.office.open_request import OpenRequest
from app.office.opening import open_verified
from app.office.session import MachineClock, OfficeSession
from app.office.unlock import reset_after_recovery
from app.office.update.record import refuse_commands
from app.resource_files import RESOURCES
from app.services.actor import NO_ACTOR, clean_user_name, find_actor
from app.services.context import Context
from app.services.credentials import Credentials, SignInResult
from app.settings import Office
from app.storage.uow import reading
from app.usecases.accounts.signin import get_rights

if TYPE_CHECKING:  # imported on use, because they would slow every start
    from app.cli.context import CliContext
    from app.first_start import StartFunctions
    from app.office.restore_request import RestoreResult
    from app.office.self_check import CheckedPart
    from app.usecases.office.create import CreatedOffice
    from app.window_start import WindowStart

BUILT_ON = date(2026, 11, 28)
"""The day of this release; a clock that shows an earlier day is wrong."""
NO_CREDENTIALS = UnlockCredentials()


def _clock() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _offset() -> timedelta:
    """Return the offset from UTC that the system is set to."""
    return datetime.now().astimezone().utcoffset() or timedelta(0)


MACHINE_CLOCK = MachineClock(_clock, uptime, BUILT_ON, _offset)
"""The only clock of the program."""


def default_folder() -> Path:
    """Return the data folder of a start that names none.

    It is that of the guide's pointer, the one shared by all accounts, or the one the system assigns to the user.
    """
    return find_data_folder(_guide_places())


def _guide_places() -> GuidePlaces:
    from platformdirs import user_data_path

    return GuidePlaces(guide_folder(), user_data_path("motcua", appauthor=False), shared_data_folder())


def starter_catalogue() -> str:
    """Return the catalogue of a new office, as TSV."""
    return (RESOURCES / "catalogue.tsv").read_text(encoding="utf-8")


def create_office(
    folder: Path,
    office_text: str,
    training: bool,
    now: datetime | None = None,
    password: str = "",
    hash_cost: tuple[int, int] | None = None,
    guided: bool = False,
) -> "tuple[Office, CreatedOffice]":
    """Create an office in a folder.

    A real office is encrypted; its first user has `password`. Only tests pass `hash_cost`, the cost of argon2id for
    that password in KiB and passes. The recovery page of a `guided` office is confirmed later.

    Raises what `app.office.create.create_office` raises.
    """
    from app.office import create

    request = create.NewOffice(
        folder=folder,
        office_text=office_text,
        training=training,
        now=now or _clock(),
        password=password,
        catalogue=starter_catalogue(),
        hash_cost=hash_cost,
        guided=guided,
        built_on=BUILT_ON,
    )
    return create.create_office(request)


def open_office(
    folder: Path,
    user: str,
    pretend: datetime | None = None,
    password: str = "",
    recovery: str = "",
    second: Credentials | None = None,
) -> OfficeSession:
    """Open the office in a folder and sign the user in.

    A training office needs no password. The database is unlocked by the system's vault, the password or the recovery
    key. `pretend` is the pretended time of a training office. `second` accepts, with the user, an office of a release
    that could not prove itself.

    Raises Refusal `pretend_time`, `user_missing`, `user_unknown`, what `open_verified` or `sign_in` raises; Fault for
    the machine or an unusable office file.
    """
    refuse_commands(folder)
    office, actor = _open(folder, UnlockCredentials(user, password, recovery), pretend, "command", second)
    try:
        if not office.facts.training and not recovery:
            office.sign_in(Credentials(actor, password))
    except BaseException:
        office.close()
        raise
    return office


def _open(
    folder: Path,
    credentials: UnlockCredentials,
    pretend: datetime | None,
    place: str,
    second: Credentials | None = None,
) -> tuple[OfficeSession, str]:
    """Return a session and the user's name.

    Only in training is the user signed in already.
    """

    def refuse_pretended_time() -> None:
        if pretend is not None:
            raise Refusal("pretend_time", "now")

    if is_locked(folder):
        refuse_network(folder)
        refuse_pretended_time()
    named = replace(credentials, name=clean_user_name(credentials.name))
    request = OpenRequest(folder, named, _clock(), int(uptime()), place, second)
    opened = open_verified(request, refuse_pretended_time)
    try:
        with reading(opened.database) as work:
            unnamed = place == "window" and not (credentials.name or opened.training)
            actor = NO_ACTOR if unnamed else find_actor(credentials.name, work)
            training_actor = actor if opened.training else ""
            signed_in = get_rights(None, Context(_clock(), training_actor, opened.office, opened.training), work)
    except BaseException:
        opened.database.close()
        raise
    session = OfficeSession(
        folder=folder,
        database=opened.database,
        facts=_session_facts(folder, opened.office, opened.training, signed_in),
        clock=MACHINE_CLOCK,
        pretend=pretend,
        keys=opened.keys,
        place=place,
        notes=opened.notes,
    )
    try:
        session.finish_upgrade()
    except BaseException:
        session.close()
        raise
    return session, actor


def _session_facts(folder: Path, office: Office, training: bool, signed_in: SignInResult) -> SessionFacts:
    return SessionFacts(
        office_name=office.name,
        parent=office.parent,
        workstation=office.workstation,
        actor=signed_in.name,
        rights=signed_in.rights,
        roles=signed_in.roles,
        training=training,
        folder=folder,
        resources=RESOURCES,
        office=office,
    )


def today() -> date:
    """Return the day on the machine's clock, in Vietnamese time."""
    return local_day(_clock())


def restore(
    folder: Path,
    backup: Path,
    only_check: bool,
    credentials: UnlockCredentials = NO_CREDENTIALS,
    second: Credentials | None = None,
    fingerprint: str = "",
) -> "RestoreResult":
    """Replace the database of an office with a verified backup.

    With `only_check` the backup is verified and nothing is replaced. `second` are the second person's credentials,
    `fingerprint` is that of the recovery page.

    Raises what `app.office.restore.restore` raises.
    """
    refuse_commands(folder)
    from app.office import restore as office_restore
    from app.office.restore_request import RestoreRequest

    request = RestoreRequest(
        folder=folder,
        backup=backup,
        credentials=credentials,
        now=_clock(),
        second=second,
        uptime=int(uptime()),
        fingerprint=fingerprint,
    )
    return office_restore.restore(request, only_check)


def show_window(
    folder: Path,
    user: str,
    pretend: datetime | None = None,
    password: str = "",
    restore_first: bool = False,
    file: Path | None = None,
) -> int:
    """Open the window on an office; return its exit status when it is closed.

    With `restore_first` a backup is restored before, and nothing is opened if the user cancels that. If a window is
    open on the folder, it comes to the front. The window shows `file`.
    """
    from app.window_start import WindowRequest

    return _window_start().show(WindowRequest(folder, user, pretend, password, restore_first, file))


def _window_start() -> "WindowStart":
    from app.window_start import WindowStart

    return WindowStart(_open_for_window, restore, _guide_places, _show_guide)


def _show_guide(places: GuidePlaces) -> int:
    from app.first_start import show_guide

    return show_guide(places, _start_functions())


def _start_functions() -> "StartFunctions":
    from app.first_start import StartFunctions
    from app.window_start import run_window, window_lock

    return StartFunctions(
        now=_clock,
        built_on=BUILT_ON,
        catalogue=starter_catalogue(),
        create_office=create_office,
        open_office=open_office,
        open_for_window=_open_for_window,
        window_lock=window_lock,
        run_window=run_window,
        show_window=show_window,
        restore=restore,
        context=_cli_context({}),
    )


def show_error(sentence: str) -> None:
    """Show a sentence in a box, for a start without a console."""
    from app.ui.shell.fatal_dialog import show_fatal_error

    show_fatal_error(sentence, RESOURCES)


def _open_for_window(
    folder: Path,
    user: str,
    pretend: datetime | None,
    password: str,
    recovery: str = "",
    second: Credentials | None = None,
) -> OfficeSession:
    credentials = UnlockCredentials(user, "" if recovery else password, recovery)
    office, actor = _open(folder, credentials, pretend, "window", second)
    try:
        if recovery:
            reset_after_recovery(office, actor, password)
        if not office.facts.training:
            office.sign_in(Credentials(actor, password))
    except BaseException:
        office.close()
        raise
    return office


def check_program() -> "tuple[CheckedPart, ...]":
    """Check on a temporary office whether the program works on this machine."""
    from app.own_check import check_own_program

    return check_own_program(create_office, open_office)


_SECRET_VARIABLES = ("MOTCUA_PASSWORD", "MOTCUA_NEW_PASSWORD", "MOTCUA_SECOND_PASSWORD", "MOTCUA_RECOVERY_KEY")


def _start_log() -> None:
    from app.machine.folders import log_folder
    from app.machine.log_file import start_log

    with suppress(RuntimeError):  # a user without a home has no log
        start_log(log_folder())


def _take_environment() -> dict[str, str]:
    """Return the environment; remove the passwords from it.

    Programs that this one starts inherit none.
    """
    environment = dict(os.environ)
    for name in _SECRET_VARIABLES:
        os.environ.pop(name, None)
    return environment


def _cli_context(environment: Mapping[str, str]) -> "CliContext":
    from app.cli.context import CliContext

    return CliContext(
        open_office=open_office,
        create_office=create_office,
        show_window=show_window,
        show_error=show_error,
        today=today,
        clock=_clock,
        default_folder=default_folder,
        restore=restore,
        environment=environment,
        self_check=check_program,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or the window; return the exit status (docs/commands.md)."""
    from app.cli import run

    hide_memory()
    if arguments is None:  # this process is the program's own
        os.umask(0o077)
        _start_log()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    context = _cli_context(dict(os.environ) if arguments is not None else _take_environment())
    return run(list(sys.argv[1:] if arguments is None else arguments), context)
