"""The only file that knows everyone: reads the clock, opens the office, hands both to use cases, and starts the window
or the command line. It wires, it decides nothing."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.keys.places import is_locked
from app.models.values import Fault, Refusal, Right, Role, local, local_day
from app.settings import FILE_NAME as OFFICE_FILE
from app.settings import Office
from app.storage import database as databases
from app.storage.faults import as_fault
from app.storage.locks import held
from app.storage.uow import Reading, Writing, reading, writing
from app.unlocking import names_at_door, office_keys, recovered
from app.usecases.actor import NOBODY, Actor, AskActor, is_training, known_actor, name_told
from app.usecases.context import Context
from app.usecases.office_file import office_of_file
from app.usecases.signin import Credentials, SignedIn, ask_rights
from app.wording.refusals import sentence

if TYPE_CHECKING:  # founding and keeping are read when they are asked for: a start with a citizen waiting is not
    from app.backing_up import Backups
    from app.keys.locks import OfficeKeys
    from app.usecases.keeping import Content
    from app.usecases.office import Founded
    from app.usecases.succession import FormerOffice

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
    rights: frozenset[Right]
    roles: tuple[Role, ...]
    training: bool
    folder: Path
    resources: Path
    office: Office


class OpenOffice:
    """An office opened on this machine: the door through which every use case is performed, by the person who signed
    in, or by nobody."""

    def __init__(
        self,
        folder: Path,
        database: databases.Database,
        facts: DeskFacts,
        pretend: datetime | None,
        keys: "OfficeKeys | None" = None,
        place: str = "command",
    ) -> None:
        self.folder = folder
        self._place = place
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

    def write_password(
        self, use_case: Callable[[_Command, Context, Writing], _Result], command: _Command, name: str, secret: str
    ) -> _Result:
        """Carry out an act that gives a person a password or PIN: it opens the locked database too, as soon as the
        office knows it. An empty one is taken from him, there as well."""
        if self.keys is None:
            return self.write(use_case, command)
        if secret:
            with self.keys.password_changing(name, secret):
                return self.write(use_case, command)
        done = self.write(use_case, command)
        self.keys.forget_password(name)
        return done

    def sign_in(self, who: Credentials) -> SignedIn:
        """Let a person work here from now on, once he has proved who he is.

        Raises Refusal as `app.usecases.signin.sign_in` does; whoever worked before goes on.
        """
        from app.usecases.signin import SignIn, sign_in

        signed = self.write(sign_in, SignIn(who))
        self.facts = replace(self.facts, actor=signed.name, roles=signed.roles, rights=signed.rights)
        if signed.first and self.keys is not None:
            with self.keys.password_changing(signed.name, who.secret):
                pass
        return signed

    def sign_out(self) -> None:
        """Let nobody work here until somebody signs in; an office for training stays open."""
        if not self.facts.training:
            self.facts = replace(self.facts, actor="", roles=(), rights=frozenset())

    def back_up(self, folder: Path | None) -> tuple[Path, str]:
        """A complete, proved copy of everything in one file, below the office's folder or in another; path and SHA-256.

        Raises Fault for the disk.
        """
        return self.backups.to(folder)

    @property
    def backups(self) -> "Backups":
        """How this office is backed up, by itself and on demand."""
        from app.backing_up import Backups
        from app.usecases.keeping import mind_backup

        mind = partial(self.read, mind_backup, None)
        return Backups(self.folder, self.facts.office, self._database, _clock, mind)

    def change_key(self) -> None:
        """Encrypt the database anew under another key; the office is closed by it.

        Raises Fault `office_open_elsewhere`, `file_locked` while another program has it open.
        """
        self.close()
        if self.keys is not None:
            with as_fault(), held(self.folder / "window.lock"):
                self.keys.change_key(partial(databases.change_key, self.folder / databases.FILE_NAME))

    def recovery_page(self, key: str, code: str) -> bytes:
        """The recovery key as a PDF page, with the papers' keys as a code sealed for it, to be locked away."""
        from app.printing.recovery import recovery_page

        office = self.facts.office
        return recovery_page(office.name, office.agency_code, local_day(_clock()), key, code)

    def restore_page(self) -> bytes:
        """How to go on on another machine, as a PDF page."""
        from app.printing.recovery import restore_page

        return restore_page(self.facts.office.name, self.facts.office.agency_code, local_day(_clock()))

    def succeed(self, office_text: str, decision: str, day: date) -> "tuple[Office, tuple[FormerOffice, ...]]":
        """Go on as another office: the journal notes it, then its file takes the old one's place, which is kept aside.

        Raises Refusal for the file or as `succeed_office` does, Fault `office_open_elsewhere` while a window is open.
        """
        from app.usecases.office_file import office_of_text
        from app.usecases.succession import SucceedOffice, succeed_office

        office, file = office_of_text(office_text), self.folder / OFFICE_FILE
        waiting, aside = file.with_suffix(".toml.part"), f"office-truoc-{local(_clock()):%Y%m%d-%H%M%S}.toml"
        with as_fault(), held(self.folder / "window.lock"):
            waiting.write_bytes(office_text.encode())
            try:
                formers = self.write(succeed_office, SucceedOffice(office, decision, day))
                file.with_name(aside).write_bytes(file.read_bytes())
                waiting.replace(file)
            finally:
                waiting.unlink(missing_ok=True)
        return office, formers

    def close(self) -> None:
        """Give the database back."""
        self._database.close()

    def _context(self, at: datetime | None) -> Context:
        facts, now, running = self.facts, at or self.now(), int(_running_time())
        return Context(now, facts.actor, facts.office, facts.training, BUILT_ON, self._drift(), running, self._place)

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
    """Make a new office in a folder (`app.founding`); a real one is encrypted, and its first person has the password
    or PIN."""
    from app import founding

    asked = founding.Founding(folder, office_text, training, now or _clock(), password, starter_catalogue())
    return founding.found(asked)


def open_office(
    folder: Path, user: str, pretend: datetime | None = None, password: str = "", recovery: str = ""
) -> OpenOffice:
    """Open the office in a folder for a person, who proves himself by his password or PIN; a training office asks for
    no proof. The database is unlocked by the system's vault, the password or the recovery key.

    Raises Refusal `pretend_time`, `user_missing`, `user_unknown`, what `app.keys.locks.unlock` or `sign_in` raises,
    Fault for the machine or an unusable office file.
    """
    office, actor = _opened(folder, user, pretend, (password, recovery), "command")
    try:
        if not office.facts.training and not recovery:
            office.sign_in(Credentials(actor.name, password))
    except BaseException:
        office.close()
        raise
    return office


def _opened(
    folder: Path, user: str, pretend: datetime | None, means: Sequence[str], place: str
) -> tuple[OpenOffice, Actor]:
    """An office open, and who wants to work in it: at work already in training, not yet in a real one."""
    if pretend is not None and is_locked(folder):
        raise Refusal("pretend_time", "now")
    keys = office_keys(folder, (name_told(user), *means), int(_running_time()))
    database = databases.open_database(folder / databases.FILE_NAME, None if keys is None else keys.key)
    try:
        office = office_of_file(folder / OFFICE_FILE)
        with reading(database) as work:
            training = is_training(None, None, work)
            if pretend is not None and not training:
                raise Refusal("pretend_time", "now")
            actor = NOBODY if place == "window" and not (user or training) else known_actor(AskActor(user), None, work)
            signed = ask_rights(None, Context(_clock(), actor.name if training else "", office, training), work)
    except BaseException:
        database.close()
        raise
    facts = DeskFacts(
        office_name=office.name,
        parent=office.parent,
        workstation=office.workstation,
        actor=signed.name,
        rights=signed.rights,
        roles=signed.roles,
        training=training,
        folder=folder,
        resources=RESOURCES,
        office=office,
    )
    return OpenOffice(folder, database, facts, pretend, keys, place), actor


def today() -> date:
    """The day on the machine's calendar, in Viet Nam."""
    return local_day(_clock())


def restore(
    folder: Path, backup: Path, only_check: bool, means: Sequence[str] = (), second: Sequence[str] = ()
) -> "Content":
    """Put a proved backup in the place of an office's database (`app.restoring`); with `only_check` just say what it
    holds. `means` are a name, a password, a recovery key; `second` the other person's name and password."""
    from app import restoring

    running = int(_running_time())
    asked = restoring.Restoring(folder, backup, tuple(means), _clock(), tuple(second), running)
    return restoring.restore(asked, only_check)


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
            if (user and password) or not is_locked(folder):
                return _window_on(_open_for_window(folder, user, pretend, password))
            return _sign_in_first(folder, user)
    except (Refusal, Fault) as error:
        if sys.stderr is None:  # started by a click, without a terminal or a script to read the reason
            from app.ui.trouble import say_trouble

            say_trouble(sentence(error), RESOURCES)
        raise


def _open_for_window(
    folder: Path, user: str, pretend: datetime | None, password: str, recovery: str = ""
) -> OpenOffice:
    office, actor = _opened(folder, user, pretend, ("" if recovery else password, recovery), "window")
    try:
        if recovery:
            recovered(office, actor.name, password)
        if not office.facts.training:
            office.sign_in(Credentials(actor.name, password))
    except BaseException:
        office.close()
        raise
    return office


def _sign_in_first(folder: Path, user: str) -> int:
    """A real office: somebody proves who he is, then the window opens."""
    from app.ui.opening import Door, ask_who

    opened: list[OpenOffice] = []
    name = office_of_file(folder / OFFICE_FILE).name
    names, last = names_at_door(folder)
    door = Door(name, names, user or last)
    try:
        ask_who(door, lambda who, *told: opened.append(_open_for_window(folder, who, None, *told)), RESOURCES)
    except BaseException:
        for office in opened:
            office.close()
        raise
    return _window_on(opened[0]) if opened else 0


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
