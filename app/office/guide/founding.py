"""Found the office of the answers; continue a founding that was cut."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from app.disk import make_folder
from app.keys.credentials import UnlockCredentials
from app.models.errors import Fault, Refusal
from app.models.text import clean
from app.office.chosen_places import change_machine_settings
from app.office.guide.answers import Answers, GuidePage
from app.office.guide.checks import check_page, office_text
from app.office.guide.places import GuidePlaces, holds_office, write_pointer
from app.office.guide.recovery_sheet import RecoverySheet, first_sheet, repeated_sheet
from app.office.guide.store import save_answers
from app.office.restore_request import RestoreResult
from app.office.session import OfficeSession
from app.services.credentials import Credentials
from app.settings import Office
from app.storage.error_mapping import map_errors_to_fault
from app.usecases.accounts.users import AddUser, ListUsers, add_user, list_users
from app.usecases.catalogue.publishing import PublishProcedures, publish_procedures
from app.usecases.intake.import_register import (
    ImportBatch,
    ReadRegister,
    RefusedRegisterRow,
    RegisterPlan,
    import_batch,
    read_register,
)
from app.usecases.office.create import CreatedOffice

_MAX_REGISTER_BYTES = 200 << 20
Progress = Callable[[int, int, str], None]
"""Receives done, total and what is being done."""


class RestoreCallable(Protocol):
    """Restore a backup, or only check it."""

    def __call__(
        self,
        folder: Path,
        backup: Path,
        only_check: bool,
        credentials: UnlockCredentials,
        second: Credentials | None,
        fingerprint: str,
    ) -> RestoreResult:
        """Return what was restored."""


@dataclass(frozen=True)
class GuideTools:
    """Functions of the running program that the guide uses.

    `built_on` is the day of this release. `create` creates an office in a folder from its file's text; with True it is
    a training office. `open_window` opens one for its window and signs the user in, `open_training` one without a
    password.
    """

    now: Callable[[], datetime]
    built_on: date
    catalogue: str
    create: Callable[[Path, str, bool, str], tuple[Office, CreatedOffice]]
    open_window: Callable[[Path, str, str], OfficeSession]
    open_training: Callable[[Path], OfficeSession]
    create_demo: Callable[[Path], None]
    restore: RestoreCallable


@dataclass(frozen=True)
class FoundedOffice:
    """A founded office: its open session and its recovery page.

    `sheet` is None for an office whose page was confirmed before. `without_password` are the further people who could
    not be added, because this machine has no vault and they need a password first.
    """

    session: OfficeSession
    sheet: RecoverySheet | None
    without_password: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportedRegister:
    """Numbers of imported and of known rows; the rows that were left out."""

    imported: int
    already: int
    refused: tuple[RefusedRegisterRow, ...]
    plan: RegisterPlan


def found_office(
    answers: Answers, password: str, places: GuidePlaces, tools: GuideTools, others: Mapping[str, str]
) -> FoundedOffice:
    """Found the office, or open the one of an interrupted founding.

    `others` has passwords of further people by name. The office exists completely or not at all. Further people, fields
    and places are set after it, each step so that a repetition changes nothing.

    Raises Refusal and Fault like `create_office` and the checks of the pages.
    """
    folder = places.folder_for(answers.shared, answers.folder)
    for page in (GuidePage.OFFICE, GuidePage.HOURS, GuidePage.PEOPLE, GuidePage.PLACE):
        check_page(page, answers, places)
    created = None
    if not holds_office(folder):
        save_answers(places, replace(answers, page=GuidePage.FOUNDING, founding_in=str(folder)))
        _prepare_folder(folder, answers, places)
        _office, created = tools.create(folder, office_text(answers), False, password)
    session = tools.open_window(folder, answers.admin, password)
    try:
        sheet = repeated_sheet(session) if created is None else first_sheet(session, created)
        write_pointer(places, folder)
        _keep_second_place(folder, answers)
        _publish(session, answers)
        return FoundedOffice(session, sheet, _add_people(session, answers, others))
    except BaseException:
        session.close()
        raise


def _prepare_folder(folder: Path, answers: Answers, places: GuidePlaces) -> None:
    """Create a folder with its access list: this account, or all accounts."""
    with map_errors_to_fault():
        make_folder(folder)
        if answers.shared and folder == places.shared:
            from app.office.guide.shared_access import allow_all_accounts

            allow_all_accounts(folder)


def _keep_second_place(folder: Path, answers: Answers) -> None:
    if answers.second_backup.strip():
        change_machine_settings(folder, lambda machine: replace(machine, second_backup=answers.second_backup.strip()))


def _publish(session: OfficeSession, answers: Answers) -> None:
    if answers.fields:
        session.write(publish_procedures, PublishProcedures(fields=answers.fields, only=True))


def _add_people(session: OfficeSession, answers: Answers, passwords: Mapping[str, str]) -> tuple[str, ...]:
    """Add the further people; return those who cannot be added yet.

    Where no vault opens the office, a person needs a password.
    """
    present = {line.name.casefold() for line in session.read(list_users, ListUsers())}
    people = [person for person in answers.people if clean(person.name).casefold() not in present]
    vault = bool(people) and session.keys is not None and session.keys.status(()).vault_opens
    waiting = []
    for person in people:
        password = passwords.get(clean(person.name), "")
        if password or vault:
            added = AddUser(person.name, person.role, secret=password)
            session.write_password(add_user, added, person.name, password)
        else:
            waiting.append(person.name)
    return tuple(waiting)


def read_register_file(session: OfficeSession, file: Path) -> RegisterPlan:
    """Read a register and decide every row; nothing is written.

    Raises Refusal `guide_register_missing`, or like `read_register`.
    """
    try:
        with file.open("rb") as source:
            content = source.read(_MAX_REGISTER_BYTES)
    except OSError:
        raise Refusal("guide_register_missing", "register", file=str(file)) from None
    return session.read(read_register, ReadRegister(content, file.name))


def import_register(session: OfficeSession, file: Path, progress: Progress) -> ImportedRegister:
    """Import the register kept so far; rows that are wrong are left out.

    A repetition finds the imported rows again.

    Raises Refusal like `read_register_file`, Fault for the disk.
    """
    plan = read_register_file(session, file)
    imported = already = done = 0
    refused = list(plan.refused)
    for entries in plan.batches():
        batch = session.write(import_batch, ImportBatch(entries, plan.name, reserved=plan.reserved))
        imported, already, done = imported + batch.imported, already + batch.already, done + len(entries)
        refused += batch.refused
        progress(done, len(plan.entries), f"Đang nhập sổ: {done}/{len(plan.entries)} dòng")
    return ImportedRegister(imported, already + plan.already, tuple(sorted(refused, key=lambda row: row.row)), plan)


def is_interrupted(answers: Answers) -> bool:
    """Return whether an earlier guide founded an office and was cut after it."""
    return bool(answers.founding_in) and holds_office(Path(answers.founding_in))


def missing_fault(folder: Path) -> Fault | None:
    """Return the fault of a folder with a lost database, or None."""
    from app.storage.database import missing_database_fault

    fault = missing_database_fault(folder / "motcua.db")
    return fault if fault.code == "database_gone" else None
