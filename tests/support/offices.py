"""Offices for tests: founded once a session, copied file by file for each test, worked in at any hour."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import create_office, open_office
from app.models.enums import Action
from app.models.instants import office_instant
from app.office.session import OfficeSession
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import DossierDetail, ShowDossier
from app.services.intake.command import AcceptDossier
from app.services.reporting.figures_06a import Figures06a, Report06a
from app.storage import catalogue
from app.storage.database import connect_driver
from app.storage.rollback_guard import FILE_NAME as GUARD_FILE
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.dossiers.queries import show_dossier
from app.usecases.intake.accept import AcceptedDossier, accept_dossier
from app.usecases.office.integrity import CheckOffice, CheckResult, check_office
from app.usecases.reporting.figures_06a import report_06a

OFFICE = """\
name = "UBND xã Thử Nghiệm"
parent = "UBND tỉnh Thử"
province = "Tỉnh Thử"
agency_code = "H29.12"
workstation = 1
phone = "0200 000 002"
head = "Phạm Văn Mẫu"

[hours]
mon = ["07:30-11:30", "13:30-17:00"]
tue = ["07:30-11:30", "13:30-17:00"]
wed = ["07:30-11:30", "13:30-17:00"]
thu = ["07:30-11:30", "13:30-17:00"]
fri = ["07:30-11:30", "13:30-17:00"]

[admin]
name = "Trần Thị Bình"
"""
ADMIN = "Trần Thị Bình"
PASSWORD = "Đồng lúa 48 mùa"
HASH_COST = (8, 1)
"""KiB and passes of argon2id for the first person of a test's office: tests open hundreds, nobody guesses."""
SAME_DAY = "2.000815"  # chứng thực bản sao: ngay trong ngày, 2.000 đ
FOUNDED_AT = office_instant("2026-01-05T07:00")
MORNING = office_instant("2026-02-09T08:00")  # a Monday, before Tết
LONG_AFTER = office_instant("2030-01-07T08:00")
PERSON = {
    "kind": "citizen",
    "name": "Đào Thị Ẫm",
    "id_number": "048190004217",
    "birth_date": "1990-05-17",
    "gender": "female",
    "phone": "0905 123 456",
    "address": "Thôn Đoài, xã Thử Nghiệm",
    "email": "am.dao@thu.example",
}


def at(text: str) -> datetime:
    """An instant of Viet Nam."""
    return office_instant(text)


def machine_now() -> datetime:
    """The hour of this machine: a real office believes no other."""
    return datetime.now(UTC).replace(microsecond=0)


def intake_line(**told: Any) -> dict[str, Any]:
    """A good intake line: a dossier due in five working days, with what is told otherwise."""
    usual = {
        "procedure": SAME_DAY,
        "channel": "direct",
        "applicant": PERSON,
        "term": {"limit": 5, "unit": "working_day"},
    }
    return {**usual, **told}


class Desk:
    """One desk of an office, at whatever hour the test says."""

    def __init__(self, folder: Path, user: str = "") -> None:
        self.folder = folder
        self.office: OfficeSession = open_office(folder, user, None, PASSWORD if user else "")
        self._key = self.office.keys and self.office.keys.key

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / "motcua.db"

    def take_in(self, at: datetime = MORNING, **told: Any) -> AcceptedDossier:
        """Take a good line in, with what is told otherwise."""
        return self.office.write(accept_dossier, AcceptDossier.read(intake_line(**told), at.date()), at)

    def act(self, code: str, action: str, at: datetime = MORNING, **told: Any) -> DossierDetail:
        """Carry out one act."""
        return self.office.write(act_on_dossier, ActOnDossier(code, Action(action), **told), at)

    def show(self, code: str, at: datetime = MORNING) -> DossierDetail:
        """A dossier's sheet."""
        return self.office.read(show_dossier, ShowDossier(code), at)

    def report(self, first: date, last: date, at: datetime = LONG_AFTER) -> Figures06a:
        """Biểu 06a."""
        return self.office.read(report_06a, Report06a(first, last), at)

    def check(self, at: datetime = MORNING) -> CheckResult:
        """What `check` finds."""
        return self.office.read(check_office, CheckOffice(), at)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the database as they lie there, past everything the program does."""
        with closing(connect_driver(self.file, self._key)) as connection:
            return connection.execute(statement, values).fetchall()

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table but the catalogue and the index of words: equal before and after what leaves no
        trace."""
        with closing(connect_driver(self.file, self._key)) as connection:
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'dossier_search%'"
                " AND name <> 'procedure_version'"
            )
            return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names.fetchall()}

    def tamper(self, *statements: str) -> None:
        """Change the database behind the program's back, guards taken off first."""
        with closing(connect_driver(self.file, self._key)) as connection:
            connection.execute("DROP TRIGGER IF EXISTS event_never_changes")
            connection.execute("DROP TRIGGER IF EXISTS event_never_goes")
            for statement in statements:
                assert connection.execute(statement).rowcount, statement

    def tamper_schema(self, *statements: str) -> None:
        """Change what tables do behind the program's back."""
        with closing(connect_driver(self.file, self._key)) as connection:
            for statement in statements:
                connection.execute(statement)

    def close(self) -> None:
        """Give the database back."""
        self.office.close()


def nonzero_columns(row: Any) -> dict[str, int]:
    """The columns of a row of figures that are not zero."""
    return {f.name: getattr(row, f.name) for f in fields(row) if f.name != "field" and getattr(row, f.name)}


def json_lines(text: str) -> list[Any]:
    """Parse the JSON lines a command printed."""
    return [json.loads(each) for each in text.splitlines()]


@contextmanager
def desk_session(folder: Path, user: str = "") -> Iterator[Desk]:
    """A desk for the length of a block."""
    desk = Desk(folder, user)
    try:
        yield desk
    finally:
        desk.close()


@pytest.fixture(scope="session")
def office_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """A training office and a real one, closed, to be copied."""
    made = {}
    for training in (True, False):
        made[training] = tmp_path_factory.mktemp("office_templates") / "office"
        create_office(made[training], OFFICE, training, FOUNDED_AT if training else None, PASSWORD, HASH_COST)
    return made


@pytest.fixture
def training_folder(office_templates: dict[bool, Path], tmp_path: Path) -> Path:
    """The folder of a fresh training office."""
    return Path(shutil.copytree(office_templates[True], tmp_path / "office"))


@pytest.fixture
def real_folder(office_templates: dict[bool, Path], tmp_path: Path) -> Path:
    """The folder of a fresh real office."""
    return Path(shutil.copytree(office_templates[False], tmp_path / "real"))


@pytest.fixture(scope="session")
def open_desk(office_templates: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk that tests share: statements are made ready once."""
    folder = tmp_path_factory.mktemp("shared") / "office"
    shutil.copytree(office_templates[True], folder)
    with desk_session(folder) as shared:
        yield shared


def reset_desk(desk: Desk, folder: Path) -> None:
    """Put a desk's database back to what it is in another folder."""
    then, now = (connect_driver(each / "motcua.db", desk._key) for each in (folder, desk.folder))
    with closing(then), closing(now):
        then.backup(now)
    catalogue._names.clear()  # version names are cached for each engine because a version never changes in operation
    (desk.folder / GUARD_FILE).unlink(missing_ok=True)


@pytest.fixture
def desk(open_desk: Desk, office_templates: dict[bool, Path]) -> Desk:
    """A desk of a training office as on its first morning."""
    reset_desk(open_desk, office_templates[True])
    return open_desk
