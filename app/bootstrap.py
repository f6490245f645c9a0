"""The only file that knows everyone: reads the clock, opens the office, hands both to use cases, and starts the window
or the command line. It wires, it decides nothing."""

import os
import sys
import time
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.keys.places import COMING as COMING_KEY_FILE
from app.keys.places import FILE_NAME as KEY_FILE
from app.keys.places import is_locked
from app.models.values import Fault, Refusal, local_day
from app.settings import FILE_NAME as OFFICE_FILE
from app.settings import Office
from app.storage import database as databases
from app.storage.faults import as_fault
from app.storage.locks import held
from app.storage.uow import Reading, Writing, reading, writing
from app.usecases.actor import AskActor, is_training, known_actor, name_told
from app.usecases.context import Context
from app.usecases.office_file import office_of_file, office_of_text
from app.wording.refusals import sentence

if TYPE_CHECKING:  # founding and keeping are read when they are asked for: a start with a citizen waiting is not
    from app.backing_up import Backups
    from app.keys.locks import OfficeKeys
    from app.usecases.keeping import Content
    from app.usecases.office import Founded

BUILT_ON = date(2026, 11, 22)
"""The day of this release: a clock that shows an earlier one is wrong."""
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
RESOURCES = Path(__file__).resolve().parent.parent / "resources"
_Command = TypeVar("_Command")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class DeskFacts:
    """What the window's frame says all day."""

    office_name: str
    parent: str
    workstation: int
    actor: str
    training: bool
    folder: Path
    resources: Path
    office: Office


class OpenOffice:
    """An office opened on this machine by one person: the door through which every use case is performed."""

    def __init__(
        self,
        folder: Path,
        database: databases.Database,
        facts: DeskFacts,
        pretend: datetime | None,
        keys: "OfficeKeys | None" = None,
    ) -> None:
        self.folder = folder
        self.facts = facts
        self.keys = keys
        self._database = database
        self._pretend = pretend
        self._opened_at, self._opened_after = _clock(), _running_time()

    def now(self) -> datetime:
        """The hour, or the pretended one of a training office."""
        return self._pretend or _clock()

    def read(
        self, use_case: Callable[[_Command, Context, Reading], _Result], query: _Command, at: datetime | None = None
    ) -> _Result:
        """Ask a question: on one unchanging view, as of `at` or now."""
        with reading(self._database) as work:
            return use_case(query, self._context(at), work)

    def write(
        self, use_case: Callable[[_Command, Context, Writing], _Result], command: _Command, at: datetime | None = None
    ) -> _Result:
        """Carry out an act: kept on the disk when this returns, undone whole if it raises."""
        with writing(self._database) as work:
            return use_case(command, self._context(at), work)

    def back_up(self, folder: Path | None) -> tuple[Path, str]:
        """A complete, proved copy of everything in one file, below the office's folder or in another; path and SHA-256.

        Raises Fault for the disk.
        """
        return self.backups.to(folder)

    @property
    def backups(self) -> "Backups":
        """How this office is backed up, by itself and on demand."""
        from app.backing_up import Backups

        return Backups(self.folder, self.facts.office, self._database, _clock)

    def change_key(self) -> None:
        """Encrypt the database anew under another key; the office is closed by it.

        Raises Fault `office_open_elsewhere`, `file_locked` while another program has it open.
        """
        self.close()
        if self.keys is not None:
            with as_fault(), held(self.folder / "window.lock"):
                self.keys.change_key(partial(databases.change_key, self.folder / databases.FILE_NAME))

    def recovery_page(self, key: str) -> bytes:
        """The recovery key as a PDF page, to be printed and locked away."""
        from app.printing.recovery import recovery_page

        office = self.facts.office
        return recovery_page(office.name, office.agency_code, local_day(_clock()), key)

    def restore_page(self) -> bytes:
        """How to go on on another machine, as a PDF page."""
        from app.printing.recovery import restore_page

        return restore_page(self.facts.office.name, self.facts.office.agency_code, local_day(_clock()))

    def close(self) -> None:
        """Give the database back."""
        self._database.close()

    def _context(self, at: datetime | None) -> Context:
        facts = self.facts
        return Context(at or self.now(), facts.actor, facts.office, facts.training, BUILT_ON, self._drift())

    def _drift(self) -> timedelta:
        """How far the wall clock has left the machine's running time since the office was opened."""
        return (_clock() - self._opened_at) - timedelta(seconds=_running_time() - self._opened_after)


def _clock() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _running_time() -> float:
    """Seconds the machine has run, sleep included, whatever its wall clock is set to."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def default_folder() -> Path:
    """The user's data folder, as the system names it."""
    from platformdirs import user_data_path

    return user_data_path("motcua", appauthor=False)


def starter_catalogue() -> str:
    """The catalogue every new office begins with."""
    return (RESOURCES / "catalogue.tsv").read_text(encoding="utf-8")


def found(
    folder: Path, office_text: str, training: bool, now: datetime | None = None, password: str = ""
) -> "tuple[Office, Founded]":
    """Make a new office in a folder: its file, its database, its catalogue; a real one encrypted, with a key file that
    the first person's password opens. Whole or not at all.

    Raises Refusal `office_exists`, `keys_password_missing` or what is wrong with the office file, Fault for the disk.
    """
    office = office_of_text(office_text)
    with as_fault():
        _refuse_if_founded(folder, office_text)
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder / "founding.lock", "office_being_prepared"):
            _refuse_if_founded(folder, office_text)
            return office, _founded(
                folder, office, office_text, Context(now or _clock(), office.admin, office, training), password
            )


def _refuse_if_founded(folder: Path, office_text: str) -> None:
    """An office file may wait in its folder for its database; another office's may not be written over."""
    known = folder / OFFICE_FILE
    other = known.exists() and known.read_bytes().removeprefix(BOM_UTF8) != office_text.encode()
    if other or (folder / databases.FILE_NAME).exists() or (folder / KEY_FILE).exists():
        raise Refusal("office_exists", folder=str(folder))
    databases.refuse_if_gone(folder / databases.FILE_NAME)


def _founded(folder: Path, office: Office, office_text: str, context: Context, password: str) -> "Founded":
    """Build the database under another name and give it its own only once everything is complete."""
    from app.keys.slots import promote
    from app.storage.keeping import clear
    from app.usecases.office import FoundOffice, first_person, found_office

    growing, waiting = folder / "motcua.new.db", folder / f"{OFFICE_FILE}.part"
    clear(growing)
    admin = first_person(office.admin, context.training)
    try:
        key, recovery = (None, "") if context.training else _locked_new(folder, admin, password)
        with closing(databases.create_database(growing, key)) as database, writing(database) as work:
            founded = found_office(FoundOffice(starter_catalogue(), context.training, admin), context, work)
        waiting.write_bytes(office_text.encode())
        waiting.replace(folder / OFFICE_FILE)
        growing.replace(folder / databases.FILE_NAME)
        if key is not None:
            promote(folder)
    except BaseException:
        clear(growing)
        waiting.unlink(missing_ok=True)
        (folder / COMING_KEY_FILE).unlink(missing_ok=True)
        raise
    return replace(founded, recovery_key=recovery)


def _locked_new(folder: Path, name: str, password: str) -> tuple[bytes, str]:
    """A new office's key and its recovery key; the key file waits beside the database that is made."""
    from app.keys.locks import new_locks
    from app.keys.slots import write_key_file
    from app.keys.vault import Vault

    key, recovery, keys = new_locks(name, password, Vault())
    write_key_file(folder / COMING_KEY_FILE, keys)
    return key, recovery


def _office_keys(folder: Path, means: Sequence[str]) -> "OfficeKeys | None":
    """What opens a folder's database by a name, a password, a recovery key; None where it is not locked."""
    file = folder / databases.FILE_NAME
    with as_fault():
        if not file.is_file() or not file.stat().st_size:
            return None
        if not is_locked(folder):
            if databases.is_encrypted(file):
                raise Fault("keys_missing", folder=str(folder))
            return None
        from app.keys.locks import Means, OfficeKeys, unlock
        from app.keys.vault import Vault

        vault = Vault()
        key = unlock(folder, Means(*means), partial(databases.key_fits, file), vault)
    return OfficeKeys(folder, key, vault, partial(held, folder / "keys.lock", "file_locked"))


def open_office(
    folder: Path, user: str, pretend: datetime | None = None, password: str = "", recovery: str = ""
) -> OpenOffice:
    """Open the office in a folder for a person; a real one by the system's vault, the person's password or the
    recovery key.

    Raises Refusal `pretend_time`, `user_missing`, `user_unknown`, what `app.keys.locks.unlock` raises, Fault for the
    machine or an unusable office file.
    """
    if pretend is not None and is_locked(folder):
        raise Refusal("pretend_time", "now")
    keys = _office_keys(folder, (name_told(user), password, recovery))
    database = databases.open_database(folder / databases.FILE_NAME, None if keys is None else keys.key)
    try:
        office = office_of_file(folder / OFFICE_FILE)
        with reading(database) as work:
            training = is_training(None, None, work)
            actor = known_actor(AskActor(user), None, work)
        if pretend is not None and not training:
            raise Refusal("pretend_time", "now")
    except BaseException:
        database.close()
        raise
    facts = DeskFacts(office.name, office.parent, office.workstation, actor, training, folder, RESOURCES, office)
    return OpenOffice(folder, database, facts, pretend, keys)


def today() -> date:
    """The day on the machine's calendar, in Viet Nam."""
    return local_day(_clock())


def restore(folder: Path, backup: Path, only_check: bool, means: Sequence[str] = ()) -> "Content":
    """Put a proved backup in the place of an office's database (`app.restoring`); with `only_check` just say what it
    holds. `means` are a name, a password, a recovery key."""
    from app import restoring

    return restoring.restore(restoring.Restoring(folder, backup, tuple(means), _clock()), only_check)


@contextmanager
def only_window(folder: Path) -> Iterator[None]:
    """Hold the folder for one window; commands go on working beside it.

    Raises Fault `office_open_elsewhere`.
    """
    if not (folder / databases.FILE_NAME).is_file():
        raise databases.absent(folder / databases.FILE_NAME)
    with ExitStack() as lock:
        with as_fault():
            lock.enter_context(held(folder / "window.lock"))
        yield


def show_window(folder: Path, user: str, pretend: datetime | None = None, password: str = "") -> int:
    """Open the window on an office and stay until it is closed."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
        raise Fault("no_screen")
    try:
        with only_window(folder):
            return _window_on(open_office(folder, user, pretend, password))
    except (Refusal, Fault) as error:
        if sys.stderr is None:  # started by a click, without a terminal or a script to read the reason
            from app.ui.trouble import say_trouble

            say_trouble(sentence(error), RESOURCES)
        raise


def _window_on(office: OpenOffice) -> int:
    from app.ui.opening import open_window

    try:
        status = open_window(office, RESOURCES)
        office.backups.by_itself(at_end=True)
        return status
    finally:
        office.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """The program: a command where one is named, else the window. Returns the exit status of INTERFACES §1."""
    from app.cli import run
    from app.cli.surroundings import Surroundings

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    surroundings = Surroundings(
        open_office=open_office,
        found=found,
        show_window=show_window,
        today=today,
        clock=_clock,
        default_folder=default_folder,
        restore=restore,
        environment=dict(os.environ),
    )
    return run(list(sys.argv[1:] if arguments is None else arguments), surroundings)
