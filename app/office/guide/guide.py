"""The guide without a window: its page, its answers and its acts."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.disk import discard_file, discard_folder, write_file
from app.keys.credentials import UnlockCredentials
from app.models.catalogue import read_tsv
from app.models.clock import refuse_founding_before
from app.models.errors import Fault, Refusal
from app.models.instants import local_day
from app.models.text import clean
from app.models.values.order import vietnamese_key
from app.office.guide.answers import PAGES, Answers, FurtherPerson, GuidePage
from app.office.guide.checks import (
    ExampleNumber,
    check_other_passwords,
    check_page,
    check_password,
    example_number,
    first_wrong_page,
    office_text,
)
from app.office.guide.founding import (
    FoundedOffice,
    GuideTools,
    ImportedRegister,
    Progress,
    found_office,
    import_register,
    is_interrupted,
    missing_fault,
    read_register_file,
)
from app.office.guide.places import GuidePlaces, check_existing_office, find_data_folder, holds_office, write_pointer
from app.office.guide.store import forget_answers, load_answers, save_answers
from app.office.restore_request import RestoreResult
from app.office.session import OfficeSession
from app.services.credentials import Credentials
from app.services.office_file import office_of_text
from app.storage.error_mapping import map_errors_to_fault
from app.storage.files.backup_locations import prepare_usb_drive, usb_drives
from app.usecases.intake.import_register import RegisterPlan
from app.wording.refusals import error_sentence

SETTINGS_FILE = "window.ini"
"""Settings of the window: printers and scanner of this machine."""
_TRIAL_OFFICE = """\
name = "Cơ quan đang lập"
parent = "Một Cửa"
province = "Một Cửa"
agency_code = "H29.12"
head = "Một Cửa"
"""


class Guide:
    """The guide of one start.

    It keeps passwords in memory only: `password` of the first person, `other_passwords` of further people by name.
    """

    def __init__(self, places: GuidePlaces, tools: GuideTools, start: GuidePage | None = None) -> None:
        self.places, self.tools = places, tools
        self.answers = load_answers(places)
        self.password = ""
        self.other_passwords: dict[str, str] = {}
        self.founded: FoundedOffice | None = None
        self.imported: ImportedRegister | None = None
        self.page = self._first_page(start)
        self._trial: OfficeSession | None = None

    def _first_page(self, start: GuidePage | None) -> GuidePage:
        if is_interrupted(self.answers):
            return GuidePage.FOUNDING
        if self._loss is not None:
            return GuidePage.START
        page = start or self.answers.page
        if PAGES.index(page) <= PAGES.index(GuidePage.OFFICE):
            return page
        wrong = first_wrong_page(self.answers, self.places)
        return page if wrong is None or PAGES.index(wrong) > PAGES.index(page) else wrong

    @property
    def resumed(self) -> bool:
        """Whether the guide continues an office that it has founded."""
        return is_interrupted(self.answers)

    @property
    def may_go_back(self) -> bool:
        """Whether no office is founded yet."""
        return self.founded is None and not self.resumed

    @property
    def warning(self) -> str:
        """Sentence on a lost database or an unreachable folder, or empty."""
        return "" if self._loss is None else error_sentence(self._loss)

    @property
    def _loss(self) -> Refusal | Fault | None:
        """Reason not to found a new office, which would issue numbers again."""
        if self.resumed or self.answers.founding_in:
            return None
        folder = self.places.proposed or find_data_folder(self.places)
        fault = missing_fault(folder)
        if fault is not None:
            return fault
        pointed = None if self.places.proposed else folder
        if pointed is not None and pointed != self.places.default and not holds_office(pointed):
            return Refusal("guide_folder_gone", None, folder=str(pointed))
        return None

    @property
    def folder(self) -> Path:
        """The data folder of the answers."""
        return self.places.folder_for(self.answers.shared, self.answers.folder)

    def submit(self, answers: Answers) -> GuidePage:
        """Check the answers of the current page and go on to the next.

        Raises Refusal with the field to correct, `guide_clock`, `guide_folder_gone`; Fault for the disk,
        `database_gone`.
        """
        if self.page == GuidePage.START:
            if self._loss is not None:
                raise self._loss
            refuse_founding_before(self.tools.built_on, self.tools.now())
        check_page(self.page, answers, self.places)
        return self._go(answers, PAGES[PAGES.index(self.page) + 1])

    def back(self, answers: Answers) -> GuidePage:
        """Keep the answers as they are and go to the page before.

        A founded office is not gone back from.
        """
        place = PAGES.index(self.page)
        if not (place and self.may_go_back):
            return self.page
        return self._go(answers, PAGES[place - 1])

    def keep(self, answers: Answers) -> None:
        """Keep unchecked answers of the current page, as when the guide is closed."""
        if self.may_go_back:
            self._go(answers, self.page)

    def _go(self, answers: Answers, page: GuidePage) -> GuidePage:
        self.answers = replace(answers, page=page)
        save_answers(self.places, self.answers)
        self.page = page
        return page

    def check_password(self, password: str, again: str, name: str) -> None:
        """Check the first person's password and keep it in memory.

        Raises Refusal like `checks.check_password`.
        """
        check_password(password, again, name)
        self.password = password

    def check_other_passwords(self, people: Sequence[FurtherPerson], typed: Sequence[tuple[str, str]]) -> None:
        """Check further people's passwords and keep them in memory.

        Raises Refusal like `checks.check_other_passwords`.
        """
        self.other_passwords = check_other_passwords(people, typed)

    def people_without_password(self, answers: Answers) -> tuple[str, ...]:
        """Return the further people who set their passwords themselves.

        Passwords that were typed before the guide was closed are not kept.
        """
        names = (clean(person.name) for person in answers.people)
        return tuple(name for name in names if name not in self.other_passwords)

    def example(self, answers: Answers) -> ExampleNumber:
        """Return an example of the first number.

        Raises Refusal `guide_code`, `guide_desk`.
        """
        return example_number(answers, local_day(self.tools.now()))

    def sticks(self) -> tuple[Path, ...]:
        """Return the connected USB drives."""
        return usb_drives()

    def prepare_stick(self, drive: Path) -> Path:
        """Let a USB drive receive backups; return their folder on it.

        Raises Fault for the disk.
        """
        return prepare_usb_drive(drive)

    def fields(self) -> tuple[tuple[str, int], ...]:
        """Return the fields of the catalogue with their numbers of procedures."""
        procedures, _refused = read_tsv(self.tools.catalogue)
        counts = Counter(procedure.field for procedure in procedures)
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], vietnamese_key(pair[0]))))

    def open_trial(self) -> OfficeSession:
        """Return a throw-away training office for test pages and previews.

        It is in the state folder and removed at the end. Settings of printer and scanner stay there for the office.

        Raises Fault for the disk.
        """
        if self._trial is None:
            folder = self.places.trial
            with map_errors_to_fault():
                _clear_trial(folder)
            self.tools.create(folder, _TRIAL_OFFICE, True, "")
            self._trial = self.tools.open_training(folder)
        self._name_trial(self._trial)
        return self._trial

    def _name_trial(self, session: OfficeSession) -> None:
        """Let the test pages bear the name that the user typed."""
        with suppress(Refusal):
            office = office_of_text(office_text(self.answers))
            session.facts = replace(session.facts, office=office, office_name=office.name)

    def read_register(self, file: Path) -> RegisterPlan:
        """Return what an import of the register would do.

        Raises Refusal like `read_register_file`.
        """
        return read_register_file(self.open_trial(), file)

    def found_office(self, password: str) -> FoundedOffice:
        """Found the office of the answers, or continue after a cut.

        Raises Refusal `guide_clock`, Refusal and Fault like `found_office`.
        """
        if not self.resumed:
            refuse_founding_before(self.tools.built_on, self.tools.now())
        self.founded = found_office(self.answers, password, self.places, self.tools, self.other_passwords)
        self.answers = replace(self.answers, page=GuidePage.FOUNDING, founding_in=str(self.folder))
        self._hand_over_settings(self.folder)
        return self.founded

    def import_register(self, progress: Progress) -> ImportedRegister | None:
        """Import the register of the answers into the founded office."""
        if self.founded is None or not self.answers.register:
            return None
        self.imported = import_register(self.founded.session, Path(self.answers.register), progress)
        return self.imported

    def finish(self, typed: tuple[str, ...]) -> None:
        """Check the typed groups, confirm the page and forget the answers.

        Raises Refusal `guide_groups`, Fault for the disk.
        """
        sheet = self.founded.sheet if self.founded else None
        if sheet is not None:
            sheet.check_typed(typed)
            sheet.confirm()
        forget_answers(self.places)
        self.page = GuidePage.DONE

    def _hand_over_settings(self, folder: Path) -> None:
        """Take printers and scanner of the guide over into the office."""
        source = self.places.trial / SETTINGS_FILE
        with map_errors_to_fault():
            if source.is_file() and not (folder / SETTINGS_FILE).exists():
                write_file(folder / SETTINGS_FILE, source.read_bytes())

    def open_demo(self) -> Path:
        """Return the folder of the demonstration office; create it if missing.

        Raises Fault for the disk.
        """
        if not holds_office(self.places.demo):
            self.tools.create_demo(self.places.demo)
        return self.places.demo

    def open_existing(self, folder: Path) -> Path:
        """Let the program use a folder with an office.

        Raises Refusal `guide_folder_empty`, `guide_folder_network`, Fault for the disk.
        """
        check_existing_office(folder)
        write_pointer(self.places, folder)
        forget_answers(self.places)
        return folder

    @property
    def restore_folder(self) -> Path:
        """The folder that a backup is restored into."""
        return self.places.proposed or self.places.default

    def restore(
        self,
        backup: Path,
        only_check: bool,
        credentials: UnlockCredentials,
        second: Credentials | None,
        fingerprint: str,
    ) -> RestoreResult:
        """Check or restore a backup; a restored office is found again.

        Raises what `app.office.restore.restore` raises.
        """
        result = self.tools.restore(self.restore_folder, backup, only_check, credentials, second, fingerprint)
        if not only_check:
            write_pointer(self.places, self.restore_folder)
            forget_answers(self.places)
        return result

    def close(self) -> None:
        """Remove the throw-away office; settings of the devices stay."""
        if self._trial is not None:
            self._trial.close()
            self._trial = None
        with suppress(OSError):
            _clear_trial(self.places.trial)


def _clear_trial(folder: Path) -> None:
    """Remove everything but the settings of the devices.

    Raises OSError.
    """
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            discard_folder(entry)
        elif entry.name != SETTINGS_FILE:
            discard_file(entry)
