"""Offices of the code of earlier landings open and upgrade.

Each office is created by the program of its commit. The commits here have the migrations that were released.
"""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from app.bootstrap import open_office, restore
from app.keys.credentials import UnlockCredentials
from app.keys.identity import fingerprint
from app.keys.key_file import read_key_file
from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.services.credentials import Credentials
from app.services.dossier_detail import ShowDossier
from app.services.permissions import RECOVERY_KEY_ACTOR
from app.storage.database import FILE_NAME, SCHEMA_HEAD, connect_driver, revision
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.office.integrity import CheckOffice, check_office
from tests.storage.older_programs import (
    COLLEAGUE,
    COLLEAGUE_PASSWORD,
    OlderOffice,
    create_older_office,
    unpack_program,
)
from tests.support.offices import ADMIN, MORNING, PASSWORD, Desk, desk_session, machine_now, show_dossier

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git, which has the earlier programs, is missing")
LANDINGS = {
    "9793b152": "22/11, the first released schema",
    "7c28ad1a": "22/11, the end of the first landing",
    "22a6e5a5": "28/11, release 0.1.0",
}
SECOND = Credentials(COLLEAGUE, COLLEAGUE_PASSWORD)


class Older(NamedTuple):
    """The offices of one earlier program."""

    training: OlderOffice
    real: OlderOffice


@pytest.fixture(scope="module", params=LANDINGS, ids=list(LANDINGS.values()))
def offices(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Older:
    place = tmp_path_factory.mktemp("older")
    program = unpack_program(request.param, place / "program")
    return Older(
        create_older_office(program, place / "training", training=True),
        create_older_office(program, place / "real", training=False),
    )


def copied(office: OlderOffice, tmp_path: Path) -> Path:
    return Path(shutil.copytree(office.folder, tmp_path / "office"))


def assert_kept(desk: Desk, older: OlderOffice) -> None:
    """Compare the dossiers with the answers of the earlier program."""
    assert revision(desk.office._database) == SCHEMA_HEAD
    now = MORNING if desk.office.facts.training else machine_now()
    first, second = (desk.show(str(answer["code"]), now) for answer in older.dossiers)
    for answer, detail in zip(older.dossiers, (first, second), strict=True):
        times = (detail.received_at, detail.due_at)
        assert times == tuple(datetime.fromisoformat(answer[name]) for name in ("received_at", "due_at"))
        assert detail.key == answer["key"]
    assert first.holder == "Tư pháp" and [copy.copy for copy in first.prints] == [1, 2]
    assert second.quantity == 2 and second.note == "Bản cũ"
    assert desk.check(now).findings == ()


def test_training_office_opens_and_upgrades(offices: Older, tmp_path: Path) -> None:
    with desk_session(copied(offices.training, tmp_path)) as desk:
        assert_kept(desk, offices.training)
        assert int(desk.take_in().code[-4:]) == 3
        desk.office.write(
            prepare_paper, PreparePaper(str(offices.training.dossiers[0]["code"]), PaperForm.RECEIPT), MORNING
        )
        assert desk.check().ok


def test_real_office_is_accepted_by_two_people_and_sealed(offices: Older, tmp_path: Path) -> None:
    folder = copied(offices.real, tmp_path)
    with pytest.raises(Refusal) as refused:
        open_office(folder, ADMIN, None, PASSWORD)
    assert refused.value.code == "office_unproved"
    with closing(open_office(folder, ADMIN, None, PASSWORD, second=SECOND)) as office:
        assert [note.code for note in office.notes] == ["office_accepted", "recovery_page_due"]
        assert office.keys is not None and read_key_file(folder / "keys.json").is_genuine(office.keys.key)
    with desk_session(folder, ADMIN) as desk:
        assert_kept(desk, offices.real)
        desk.take_in(machine_now())
        assert desk.check(machine_now()).ok
    open_office(folder, COLLEAGUE, None, COLLEAGUE_PASSWORD).close()


def test_older_records_stay_provable(offices: Older, tmp_path: Path) -> None:
    """A change of an event, a row or a paper of the earlier program is named."""
    folder = copied(offices.training, tmp_path)
    first, second = (str(answer["code"]) for answer in offices.training.dossiers)
    with desk_session(folder) as desk:
        desk.tamper(
            f"UPDATE event SET note = 'khác' WHERE dossier_id = (SELECT id FROM dossier WHERE code = '{first}')",
            f"UPDATE dossier SET quantity = 9 WHERE code = '{second}'",
            "UPDATE print SET status = 'failed' WHERE id = (SELECT max(id) FROM print)",
        )
        findings = desk.check().findings
    named = {(each.code, code) for each in findings for code in (first, second) if code in each.message}
    assert named >= {("event_changed", first), ("dossier_differs", second), ("row_changed", first)}


def test_backup_of_an_earlier_program_is_restored_by_two_people(offices: Older, tmp_path: Path) -> None:
    folder, credentials = tmp_path / "new", UnlockCredentials(ADMIN, PASSWORD, offices.real.recovery)
    with pytest.raises(Refusal) as refused:
        restore(folder, offices.real.backup, False, credentials)
    assert refused.value.code == "backup_unproved"
    result = restore(folder, offices.real.backup, False, credentials, SECOND)
    assert not result.proved and result.accepted_by == (RECOVERY_KEY_ACTOR, COLLEAGUE)
    with closing(open_office(folder, ADMIN, None, PASSWORD)) as office:
        assert [note.code for note in office.notes] == ["recovery_page_due"]
        assert office.read(check_office, CheckOffice()).findings == ()
        shown = office.read(show_dossier, ShowDossier(str(offices.real.dossiers[1]["code"])))
        assert shown.quantity == 2
    with desk_session(folder, ADMIN) as desk:
        assert int(desk.take_in(machine_now()).code[-4:]) >= 1000


SEALED_LANDING = "856c3f52"
"""29/11: rows are sealed, and key file, database and backups are bound to their office."""


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Older:
    place = tmp_path_factory.mktemp("sealed")
    program = unpack_program(SEALED_LANDING, place / "program")
    return Older(
        create_older_office(program, place / "training", training=True),
        create_older_office(program, place / "real", training=False),
    )


def test_sealed_office_opens_with_its_proofs(sealed: Older, tmp_path: Path) -> None:
    """One person opens it, and identity and proofs stay as they are."""
    folder = copied(sealed.real, tmp_path)
    before = read_key_file(folder / "keys.json")
    with closing(open_office(folder, ADMIN, None, PASSWORD)) as office:
        assert office.notes == () and office.keys is not None
        assert office.keys.office.public == before.office
    with desk_session(folder, ADMIN) as desk:
        assert_kept(desk, sealed.real)
        desk.take_in(machine_now())
        assert desk.check(machine_now()).ok
    after = read_key_file(folder / "keys.json")
    assert after.office == before.office
    assert [slot.proof for slot in after.slots] == [slot.proof for slot in before.slots]


def test_backup_of_a_sealed_office_is_proved_by_its_fingerprint(sealed: Older, tmp_path: Path) -> None:
    mark = fingerprint(read_key_file(sealed.real.folder / "keys.json").office)
    credentials = UnlockCredentials(recovery=sealed.real.recovery)
    result = restore(tmp_path / "new", sealed.real.backup, False, credentials, None, mark)
    assert result.proved and result.compared and result.accepted_by == ()
    with closing(open_office(tmp_path / "new", ADMIN, None, PASSWORD)) as office:
        assert office.read(check_office, CheckOffice()).findings == ()


CHANGES_BEFORE_THE_UPGRADE = {
    "UPDATE print SET status = 'failed' WHERE id = (SELECT max(id) FROM print)": "row_changed",
    "DELETE FROM late_reason WHERE id = 1": "row_missing",
    "UPDATE user_account SET also = 'head'": "row_changed",
    "UPDATE setting SET value = '\"00\"' WHERE name = 'signing_key'": "row_changed",
    "UPDATE procedure_version SET valid_from = 20300101 WHERE code = '1.001193'": "row_changed",
    "UPDATE dossier SET quantity = 9 WHERE note = 'Bản cũ'": "dossier_differs",
    "DELETE FROM dossier_paper": "dossier_differs",
}


@pytest.mark.parametrize("statement", CHANGES_BEFORE_THE_UPGRADE)
def test_upgrade_seals_no_change_by_hand(sealed: Older, tmp_path: Path, statement: str) -> None:
    folder = copied(sealed.training, tmp_path)
    with closing(connect_driver(folder / FILE_NAME, None)) as connection:
        assert connection.execute(statement).rowcount > 0
    with desk_session(folder) as desk:
        assert revision(desk.office._database) == SCHEMA_HEAD
        codes = {finding.code for finding in desk.check().findings}
    assert CHANGES_BEFORE_THE_UPGRADE[statement] in codes
