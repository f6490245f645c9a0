"""The only file that knows everyone: reads the clock, opens the office, hands both to use cases, and starts the window
or the command line. It wires, it decides nothing."""

import os
import sys
import time
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.models.values import Fault, Refusal, local
from app.settings import FILE_NAME as OFFICE_FILE
from app.settings import Office, OfficeFileError, parse_office, read_office
from app.storage import database as databases
from app.storage.faults import as_fault
from app.storage.locks import held
from app.storage.uow import Reading, Writing, reading, writing
from app.usecases.actor import AskActor, is_training, known_actor
from app.usecases.context import Context
from app.wording.refusals import sentence

if TYPE_CHECKING:  # founding and keeping are read when they are asked for: a start with a citizen waiting is not
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

    def __init__(self, folder: Path, database: databases.Database, facts: DeskFacts, pretend: datetime | None) -> None:
        self.folder = folder
        self.facts = facts
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
        """A complete, proved copy of the database and the office file, beside it or in a folder; its path and SHA-256.

        Raises Fault for the disk.
        """
        from app.storage.keeping import copy_whole

        office = self.facts.office
        stamp = f"{local(_clock()):%Y%m%d-%H%M%S}"
        name = f"motcua-{office.agency_code}-{office.workstation:02d}-{stamp}.db"
        target = (folder or self.folder / "sao-luu") / name
        told = copy_whole(self._database, target)
        with as_fault():
            target.with_suffix(".toml").write_bytes((self.folder / OFFICE_FILE).read_bytes())
        return target, told

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


def found(folder: Path, office_text: str, training: bool, now: datetime | None = None) -> "tuple[Office, Founded]":
    """Make a new office in a folder: its file, its database, its catalogue. Whole or not at all.

    Raises Refusal `office_exists` or what is wrong with the office file, Fault for the disk.
    """
    try:
        office = parse_office(office_text)
    except OfficeFileError as error:
        raise _unusable(error) from error
    with as_fault():
        _refuse_if_founded(folder, office_text)
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder / "founding.lock", "office_being_prepared"):
            _refuse_if_founded(folder, office_text)
            return office, _founded(
                folder, office, office_text, Context(now or _clock(), office.admin, office, training)
            )


def _unusable(error: OfficeFileError) -> Refusal:
    """What is wrong with an office file, and in which key where it is in one."""
    field = error.key if error.problem in ("missing", "wrong", "unknown") else None
    return Refusal(f"office_file_{error.problem}", field, key=error.key)


def _refuse_if_founded(folder: Path, office_text: str) -> None:
    """An office file may wait in its folder for its database; another office's may not be written over."""
    known = folder / OFFICE_FILE
    other = known.exists() and known.read_bytes().removeprefix(BOM_UTF8) != office_text.encode()
    if other or (folder / databases.FILE_NAME).exists():
        raise Refusal("office_exists", folder=str(folder))
    databases.refuse_if_gone(folder / databases.FILE_NAME)


def _founded(folder: Path, office: Office, office_text: str, context: Context) -> "Founded":
    """Build the database under another name and give it its own only once everything is complete."""
    from app.storage.keeping import clear
    from app.usecases.office import FoundOffice, found_office

    growing, waiting = folder / "motcua.new.db", folder / f"{OFFICE_FILE}.part"
    clear(growing)
    try:
        with closing(databases.create_database(growing)) as database, writing(database) as work:
            founded = found_office(FoundOffice(starter_catalogue(), context.training, office.admin), context, work)
        waiting.write_bytes(office_text.encode())
        waiting.replace(folder / OFFICE_FILE)
        growing.replace(folder / databases.FILE_NAME)
    except BaseException:
        clear(growing)
        waiting.unlink(missing_ok=True)
        raise
    return founded


def open_office(folder: Path, user: str, pretend: datetime | None = None) -> OpenOffice:
    """Open the office in a folder for a person.

    Raises Refusal `pretend_time`, `user_missing`, `user_unknown`, Fault for the machine or an unusable office file.
    """
    database = databases.open_database(folder / databases.FILE_NAME)
    try:
        office = read_office(folder / OFFICE_FILE)
        with reading(database) as work:
            training = is_training(None, None, work)
            actor = known_actor(AskActor(user), None, work)
        if pretend is not None and not training:
            raise Refusal("pretend_time", "now")
    except OfficeFileError as error:
        database.close()
        raise Fault("office_file_lost", reason=sentence(_unusable(error))) from error
    except BaseException:
        database.close()
        raise
    facts = DeskFacts(office.name, office.parent, office.workstation, actor, training, folder, RESOURCES, office)
    return OpenOffice(folder, database, facts, pretend)


def today() -> date:
    """The day on the machine's calendar, in Viet Nam."""
    from app.models.values import local_day

    return local_day(_clock())


def restore(folder: Path, backup: Path, only_check: bool) -> "Content":
    """Put a proved backup in the place of an office's database, with a new epoch and numbers beyond any given; with
    `only_check` just say what it holds. The database that was there is kept aside.

    Raises Refusal `backup_missing`, `backup_damaged`, Fault `office_open_elsewhere`, `database_newer`.
    """
    from app.storage.keeping import clear, prove, put_in_place, unpack

    prove(backup)
    fresh, file = folder / "motcua.new.db", folder / databases.FILE_NAME
    with ExitStack() as undo:
        with as_fault():
            folder.mkdir(parents=True, exist_ok=True)
            undo.enter_context(held(folder / "window.lock"))
        undo.callback(clear, fresh)
        with closing(unpack(backup, fresh)) as database:
            content = _begun_again(database, folder, backup, only_check)
        if not only_check:
            put_in_place(fresh, file, folder / f"motcua-truoc-phuc-hoi-{local(_clock()):%Y%m%d-%H%M%S}.db")
    return content


def _begun_again(database: databases.Database, folder: Path, backup: Path, only_check: bool) -> "Content":
    from app.usecases.keeping import AskContent, BeginAgain, ask_content, begin_again

    with reading(database) as work:
        held_now = ask_content(AskContent(), None, work)
    if only_check:
        return held_now
    office_file = folder / OFFICE_FILE
    with as_fault():
        if not office_file.exists():
            office_file.write_bytes(backup.with_suffix(".toml").read_bytes())
    context = Context(_clock(), "", _office_of(office_file), False)
    with writing(database) as work:
        return begin_again(BeginAgain(_numbers_given(folder / databases.FILE_NAME)), context, work)


def _office_of(file: Path) -> Office:
    try:
        return read_office(file)
    except OfficeFileError as error:
        raise Fault("office_file_lost", reason=sentence(_unusable(error))) from error


def _numbers_given(file: Path) -> dict[str, int]:
    """The counters of the database that is replaced; none where it can no longer be read."""
    from app.usecases.keeping import given_numbers

    try:
        with closing(databases.open_database(file)) as database, reading(database) as work:
            return given_numbers(None, None, work)
    except Fault:
        return {}


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


def show_window(folder: Path, user: str, pretend: datetime | None = None) -> int:
    """Open the window on an office and stay until it is closed."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
        raise Fault("no_screen")
    try:
        with only_window(folder):
            return _window_on(open_office(folder, user, pretend))
    except (Refusal, Fault) as error:
        if sys.stderr is None:  # started by a click, without a terminal or a script to read the reason
            from app.ui.trouble import say_trouble

            say_trouble(sentence(error), RESOURCES)
        raise


def _window_on(office: OpenOffice) -> int:
    from app.ui.opening import open_window

    try:
        return open_window(office, RESOURCES)
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
