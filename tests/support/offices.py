"""Offices for tests.

They are created once a session and copied for each test. A test works in them at any time.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import create_office, open_office
from app.keys import office_keys
from app.models.calendar import OfficeHours, parse_hours
from app.models.enums import Action
from app.models.instants import OFFICE_TIME, local_day, office_instant
from app.office.session import OfficeSession
from app.services.context import Context
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import DossierDetail, ShowDossier, dossier_detail, find_row
from app.services.intake.command import AcceptDossier
from app.services.reporting.fees import FeeReport, ReportFees, fees_taken
from app.services.reporting.figures_06a import Figures06a, Report06a, figures_06a
from app.storage import catalogue
from app.storage.database import connect_driver
from app.storage.rollback_guard import FILE_NAME as GUARD_FILE
from app.storage.uow import Reading
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.intake.accept import AcceptedDossier, accept_dossier
from app.usecases.office.integrity import CheckOffice, CheckResult, check_office

WEEKDAY_HOURS: OfficeHours = dict.fromkeys(range(5), parse_hours(["07:30-11:30", "13:30-17:00"]))
"""Morning and afternoon from Monday to Friday: the default of the office file."""
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
"""Cost of argon2id in KiB and passes for tests, which open hundreds of offices."""
_KEY_COSTS = {name: getattr(office_keys, name) for name in ("_PASSWORD_COST", "_PIN_COST")}
"""The program's own costs of the slots of a key file."""
SAME_DAY = "2.000815"  # chứng thực bản sao: ngay trong ngày, 2.000 đ
CREATED_AT = office_instant("2026-01-05T07:00")
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


STATE_VARIABLES = ("APPDATA", "LOCALAPPDATA") if os.name == "nt" else ("XDG_STATE_HOME",)
"""Environment variables of the folders in the profile that have state of offices."""


def use_profile(environment: pytest.MonkeyPatch, folder: Path) -> None:
    """Let a folder be the profile, as on a machine that saw no office."""
    for name in STATE_VARIABLES:
        environment.setenv(name, str(folder))


def at(text: str) -> datetime:
    """Return an instant of Vietnamese time."""
    return office_instant(text)


def machine_now() -> datetime:
    """Return the machine's time on the office's wall clock.

    A real office accepts no other time.
    Its `.date()` is the office's day in every time zone of the machine.
    """
    return datetime.now(OFFICE_TIME).replace(microsecond=0)


def intake_line(**overrides: Any) -> dict[str, Any]:
    """Return a valid intake line, with overrides.

    The dossier is due in five working days.
    """
    default = {
        "procedure": SAME_DAY,
        "channel": "direct",
        "applicant": PERSON,
        "term": {"limit": 5, "unit": "working_day"},
    }
    return {**default, **overrides}


def show_dossier(query: ShowDossier, context: Context, work: Reading) -> DossierDetail:
    """Return a dossier without a record in the access log."""
    return dossier_detail(work, find_row(work, query.code), context.today)


def count_figures(query: Report06a, context: Context, work: Reading) -> Figures06a:
    """Return Biểu 06a as it is counted, without a right."""
    return figures_06a(query, context.today, work)


class Desk:
    """A desk of an office, at the time that a test passes."""

    def __init__(self, folder: Path, user: str = "") -> None:
        self.folder = folder
        self.office: OfficeSession = open_office(folder, user, None, PASSWORD if user else "")
        self._key = self.office.keys and self.office.keys.key

    @property
    def file(self) -> Path:
        """The database file."""
        return self.folder / "motcua.db"

    def take_in(self, at: datetime = MORNING, **overrides: Any) -> AcceptedDossier:
        """Accept a valid intake line, with overrides."""
        return self.office.write(accept_dossier, AcceptDossier.read(intake_line(**overrides), local_day(at)), at)

    def act(self, code: str, action: str, at: datetime = MORNING, **overrides: Any) -> DossierDetail:
        """Apply one action; a result is returned to the usual person."""
        if action == "return":
            overrides.setdefault("received_by", PERSON["name"])
        return self.office.write(act_on_dossier, ActOnDossier(code, Action(action), **overrides), at)

    def show(self, code: str, at: datetime = MORNING) -> DossierDetail:
        """Return all data of a dossier."""
        return self.office.read(show_dossier, ShowDossier(code), at)

    def report(self, first: date, last: date, at: datetime = LONG_AFTER) -> Figures06a:
        """Return Biểu 06a."""
        return self.office.read(count_figures, Report06a(first, last), at)

    def fees(self, first: date, last: date, at: datetime, cashier: str | None = None) -> FeeReport:
        """Return the payments of a period."""
        query = ReportFees(first, last, cashier)
        return self.office.read(lambda fees, _context, work: fees_taken(fees, work), query, at)

    def check(self, at: datetime = MORNING) -> CheckResult:
        """Return the result of the integrity check."""
        return self.office.read(check_office, CheckOffice(), at)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement on the database directly."""
        with closing(connect_driver(self.file, self._key)) as connection:
            return connection.execute(statement, values).fetchall()

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all rows of all tables except catalogue, search index and seals.

        They are equal before and after a use case that writes nothing.
        """
        with closing(connect_driver(self.file, self._key)) as connection:
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'dossier_search%'"
                " AND name NOT IN ('procedure_version', 'seal', 'seal_head')"
            )
            return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names.fetchall()}

    def tamper(self, *statements: str) -> None:
        """Change the database directly, without its triggers."""
        with closing(connect_driver(self.file, self._key)) as connection:
            connection.execute("DROP TRIGGER IF EXISTS event_never_changes")
            connection.execute("DROP TRIGGER IF EXISTS event_never_goes")
            for statement in statements:
                changed = connection.execute(statement).rowcount
                assert changed, statement

    def tamper_schema(self, *statements: str) -> None:
        """Change the schema directly."""
        with closing(connect_driver(self.file, self._key)) as connection:
            for statement in statements:
                connection.execute(statement)

    def close(self) -> None:
        """Close the office."""
        self.office.close()


def nonzero_columns(row: Any) -> dict[str, int]:
    """Return the columns of a row of figures that are not zero."""
    return {f.name: getattr(row, f.name) for f in fields(row) if f.name != "field" and getattr(row, f.name)}


def json_lines(text: str) -> list[Any]:
    """Parse JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


@contextmanager
def desk_session(folder: Path, user: str = "") -> Iterator[Desk]:
    """Yield a desk; close it at the end."""
    desk = Desk(folder, user)
    try:
        yield desk
    finally:
        desk.close()


def copy_as_desk(folder: Path, workstation: int) -> Path:
    """Copy a new office as that of another desk; return its folder."""
    copy = Path(shutil.copytree(folder, folder.with_name(f"desk-{workstation}")))
    file = copy / "office.toml"
    text = file.read_text(encoding="utf-8").replace("workstation = 1", f"workstation = {workstation}")
    file.write_text(text, encoding="utf-8")
    return copy


@pytest.fixture(scope="session", autouse=True)
def low_key_costs() -> Iterator[None]:
    """Low costs of key slots in this process.

    Child processes have the full ones.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in _KEY_COSTS:
            patch.setattr(office_keys, name, HASH_COST)
        yield


@pytest.fixture
def full_key_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own costs of key slots."""
    for name, cost in _KEY_COSTS.items():
        monkeypatch.setattr(office_keys, name, cost)


@pytest.fixture(scope="session")
def office_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Folders of a closed training office and a closed real office."""
    folders = {}
    for training in (True, False):
        folders[training] = tmp_path_factory.mktemp("office_templates") / "office"
        create_office(folders[training], OFFICE, training, CREATED_AT if training else None, PASSWORD, HASH_COST)
    return folders


@pytest.fixture
def training_folder(office_templates: dict[bool, Path], tmp_path: Path) -> Path:
    """Folder of a new training office."""
    return Path(shutil.copytree(office_templates[True], tmp_path / "office"))


@pytest.fixture
def real_folder(office_templates: dict[bool, Path], tmp_path: Path) -> Path:
    """Folder of a new real office."""
    return Path(shutil.copytree(office_templates[False], tmp_path / "real"))


@pytest.fixture(scope="session")
def open_desk(office_templates: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that tests share, because opening one is slow."""
    folder = tmp_path_factory.mktemp("shared") / "office"
    shutil.copytree(office_templates[True], folder)
    with desk_session(folder) as shared:
        yield shared


def reset_desk(desk: Desk, folder: Path) -> None:
    """Put a desk's database back to what it is in another folder."""
    source, target = (connect_driver(path / "motcua.db", desk._key) for path in (folder, desk.folder))
    with closing(source), closing(target):
        source.backup(target)
    catalogue._names.clear()  # version names are cached for each engine because a version never changes in operation
    (desk.folder / GUARD_FILE).unlink(missing_ok=True)


@pytest.fixture
def desk(open_desk: Desk, office_templates: dict[bool, Path]) -> Desk:
    """A desk of a new training office."""
    reset_desk(open_desk, office_templates[True])
    return open_desk
