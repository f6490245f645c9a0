"""Backup and restore need two people, or one and the recovery key."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from app.bootstrap import create_office, open_office
from app.models.enums import Role
from app.office.unlock import read_sign_in_names
from app.usecases.accounts.users import AddUser, DisableUser, add_user, disable_user
from tests.cli.conftest import Call
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD, desk_session
from tests.support.vaults import FileVault

CLERK, PIN = "Lê Văn Hai", "480217"
AUDITOR = "Phan Văn Xét"
Proof = Callable[..., None]


@pytest.fixture(scope="module")
def old_office_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    place = tmp_path_factory.mktemp("restoring")
    folder = place / "old"
    recovery = create_office(folder, OFFICE, False, None, PASSWORD, HASH_COST)[1].recovery_key
    with desk_session(folder, ADMIN) as desk:
        for name, role in ((CLERK, Role.CLERK), (AUDITOR, Role.AUDITOR)):
            desk.office.write_password(add_user, AddUser(name, role, secret=PIN), name, PIN)
        desk.office.back_up(place / "usb")
    return place, recovery


@pytest.fixture
def old_office(old_office_template: tuple[Path, str], tmp_path: Path) -> tuple[Path, Path, str]:
    """Folder of a real office, a backup of it, and its recovery key.

    The office has a clerk and an auditor.
    """
    place, recovery = old_office_template
    for each in ("old", "usb"):
        shutil.copytree(place / each, tmp_path / each)
    (backup,) = (tmp_path / "usb").iterdir()
    return tmp_path / "old", backup, recovery


@pytest.fixture
def proof(monkeypatch: pytest.MonkeyPatch) -> Proof:
    """Set the credentials in the environment."""

    def give(user: str = "", password: str = "", second: str = "", recovery: str = "") -> None:
        variables = {
            "MOTCUA_USER": user,
            "MOTCUA_PASSWORD": password,
            "MOTCUA_SECOND_PASSWORD": second,
            "MOTCUA_RECOVERY_KEY": recovery,
        }
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return give


def test_restore_needs_two_people(old_office: tuple[Path, Path, str], call: Call, proof: Proof) -> None:
    folder, backup, recovery = old_office
    restore = ("--data", folder, "--json", "restore", backup)
    for credentials, words, why in (
        ((ADMIN, PASSWORD), (), "second_missing"),
        ((ADMIN, PASSWORD, PIN), ("--second", ADMIN), "second_person_same"),
        ((ADMIN, PASSWORD, PIN), ("--second", AUDITOR), "second_not_allowed"),
        ((ADMIN, PASSWORD, "000111"), ("--second", CLERK), "sign_in_wrong"),
        ((ADMIN, PASSWORD), ("--second", CLERK), "secret_missing"),
        ((CLERK, PIN, PASSWORD), ("--second", ADMIN), "not_your_right"),
        ((ADMIN, "sai hẳn rồi", PIN), ("--second", CLERK), "keys_password_wrong"),
        (("", "", "", recovery), (), "user_missing"),
    ):
        proof(*credentials)
        result = call(*restore, *words)
        assert (result.status, result.one["refused"]["code"]) == (1, why), (credentials, words)
    before = (folder / "motcua.db").read_bytes()
    proof(ADMIN, PASSWORD, PIN)
    assert call(*restore, "--second", CLERK).one["restored"] is True
    assert (folder / "motcua.db").read_bytes() != before
    trail = call("--data", folder, "--json", "access", "list").lines
    assert [(each["actor"], each["about"]) for each in trail if each["what"] == "restored"] == [(ADMIN, CLERK)]


def test_recovery_key_replaces_second_person(old_office: tuple[Path, Path, str], call: Call, proof: Proof) -> None:
    folder, backup, recovery = old_office
    proof(ADMIN, PASSWORD, "", recovery)
    assert call("--data", folder, "--json", "restore", backup).one["restored"] is True
    proof(ADMIN, PASSWORD)
    trail = call("--data", folder, "--json", "access", "list").lines
    assert next(each for each in trail if each["what"] == "restored")["about"] == "khóa phục hồi"


@pytest.mark.parametrize("by", ["people", "recovery"])
def test_new_machine_accepts_people_of_backup_or_recovery_key(
    old_office: tuple[Path, Path, str], call: Call, proof: Proof, tmp_path: Path, by: str
) -> None:
    folder, backup, recovery = old_office
    shutil.rmtree(folder)
    new = ("--data", tmp_path / "new", "--json")
    proof(ADMIN, PASSWORD)
    assert call(*new, "restore", backup).one["refused"]["code"] == "second_missing"
    proof(*((ADMIN, PASSWORD, PIN) if by == "people" else ("", "", "", recovery)))
    words = ("--second", CLERK) if by == "people" else ()
    assert call(*new, "restore", backup, *words).one["restored"] is True
    proof(ADMIN, PASSWORD)
    assert len(call(*new, "users", "list").lines) == 3


def test_answer_names_replaced_data_only_where_there_were_some(
    old_office: tuple[Path, Path, str], call: Call, proof: Proof, tmp_path: Path
) -> None:
    folder, backup, recovery = old_office
    for target, is_replaced in ((folder, True), (tmp_path / "new", False)):
        proof(ADMIN, PASSWORD, recovery=recovery)
        result = call("--data", target, "restore", backup)
        assert result.status == 0 and "Đã phục hồi" in result.out + result.err
        assert ("giữ lại bên cạnh" in " ".join((result.out + result.err).split())) is is_replaced
        assert bool(list(target.glob("motcua-truoc-phuc-hoi-*.db"))) is is_replaced


def test_disabled_user_cannot_restore_from_older_backup(
    old_office: tuple[Path, Path, str], call: Call, proof: Proof
) -> None:
    folder, backup, _ = old_office
    with desk_session(folder, ADMIN) as desk:
        head = "Đỗ Văn Trưởng"
        desk.office.write_password(add_user, AddUser(head, Role.HEAD, secret=PIN), head, PIN)
        backup, _sha = desk.office.back_up(folder.parent / "later")
        desk.office.write_password(disable_user, DisableUser(head), head, "")
    proof(head, PIN, PIN)
    result = call("--data", folder, "--json", "restore", backup, "--second", CLERK)
    assert result.status == 1 and result.one["refused"]["code"] in ("user_unknown", "user_disabled")


def test_one_person_may_check_backup(old_office: tuple[Path, Path, str], call: Call, proof: Proof) -> None:
    folder, backup, recovery = old_office
    check = ("--data", folder, "--json", "restore", backup, "--check")
    for credentials in ((CLERK, PIN), (ADMIN, PASSWORD), ("", "", "", recovery)):
        proof(*credentials)
        assert call(*check).one["restored"] is False
    proof(AUDITOR, PIN)
    assert call(*check).one["refused"]["code"] == "not_your_right"


def test_backup_needs_right(old_office: tuple[Path, Path, str], call: Call, proof: Proof, tmp_path: Path) -> None:
    folder, _, _ = old_office
    proof(AUDITOR, PIN)
    for words in (("--to", tmp_path / "x"), ("--auto",), ("--second", tmp_path), ("--guide", tmp_path / "g.pdf")):
        assert call("--data", folder, "--json", "backup", *words).one["refused"]["code"] == "not_your_right"
    office = open_office(folder, AUDITOR, None, PIN)
    assert office.backups.run_if_due(at_end=True).file is not None, "the program itself backs up for every user"
    office.close()
    proof(CLERK, PIN)
    assert call("--data", folder, "--json", "backup").status == 0


def test_missing_password_without_terminal_is_refused_at_once(old_office: tuple[Path, Path, str]) -> None:
    folder, backup, _ = old_office
    clear = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    words = ("-m", "main", "--data", str(folder), "--user", ADMIN, "restore", str(backup), "--second", CLERK)
    done = subprocess.run(
        (sys.executable, *words), env=clear, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 1 and "mật khẩu" in done.stderr.decode()


def test_wrong_recovery_key_is_refused_with_password(
    old_office: tuple[Path, Path, str], call: Call, proof: Proof, tmp_path: Path
) -> None:
    folder, _, _ = old_office
    other = create_office(tmp_path / "other", OFFICE, False, None, PASSWORD, HASH_COST)[1].recovery_key
    proof(ADMIN, "Mưa rào 19 lần", "", other)
    assert call("--data", folder, "--json", "keys", "recover").one["refused"]["code"] == "recovery_key_wrong"


def test_sign_in_names_are_listed_only_with_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_office(tmp_path / "without", OFFICE, False, None, PASSWORD, HASH_COST)
    assert read_sign_in_names(tmp_path / "without") == ((), "")
    monkeypatch.setenv("MOTCUA_TEST_VAULT", str(tmp_path / "vault.json"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileVault())
    try:
        create_office(tmp_path / "with", OFFICE, False, None, PASSWORD, HASH_COST)
        assert read_sign_in_names(tmp_path / "with") == ((ADMIN,), "")
    finally:
        keyring.set_keyring(before)
