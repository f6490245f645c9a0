"""Attacks on the files of a real office by insiders and thieves."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pypdfium2
import pytest

from app.bootstrap import create_office, open_office, restore
from app.keys.credentials import UnlockCredentials
from app.models.enums import AccessKind, PaperForm, Role
from app.models.errors import Fault, Refusal
from app.models.signin import FREE_ATTEMPTS
from app.services.credentials import Credentials
from app.usecases.accounts.access_log import ListAccess, list_access
from app.usecases.accounts.users import AddUser, DisableUser, add_user, disable_user
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD, PERSON, desk_session, machine_now

REPOSITORY = Path(__file__).resolve().parents[2]
HAI, HAI_PIN = "Lê Văn Hai", "480217"
CREDENTIALS = UnlockCredentials(ADMIN, PASSWORD)
SECOND = Credentials(HAI, HAI_PIN)


@pytest.fixture
def office(real_folder: Path) -> Path:
    """A real office of an administrator and a clerk, with one dossier."""
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.write_password(add_user, AddUser(HAI, Role.CLERK, secret=HAI_PIN), HAI, HAI_PIN)
        desk.take_in(machine_now())
    return real_folder


def refusal_at_open(folder: Path, user: str = ADMIN, password: str = PASSWORD) -> str:
    """Return the code with which the office refuses to open."""
    with pytest.raises((Refusal, Fault)) as caught:
        open_office(folder, user, None, password).close()
    return caught.value.code


def trail(folder: Path) -> list[tuple[Any, ...]]:
    with desk_session(folder, ADMIN) as desk:
        return [(line.what, line.actor, line.about) for line in desk.office.read(list_access, ListAccess())]


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "office.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_backup_of_another_office_or_desk_is_refused(office: Path, tmp_path: Path) -> None:
    """A user of two offices has the same password in both."""
    other = tmp_path / "other"
    create_office(other, OFFICE.replace("H29.12", "H31.07"), False, None, PASSWORD, HASH_COST)
    with desk_session(other, ADMIN) as desk:
        backup, _ = desk.office.back_up(tmp_path / "usb")
    before = (office / "motcua.db").read_bytes()
    with pytest.raises(Refusal) as refused:
        restore(office, backup, False, CREDENTIALS, SECOND)
    assert refused.value.code == "backup_other_desk" and (office / "motcua.db").read_bytes() == before
    assert restore(office, backup, True, CREDENTIALS).dossiers == 0, "checking is allowed"
    edit(office, "workstation = 1", "workstation = 2")
    with desk_session(office, ADMIN) as desk:
        backup, _ = desk.office.back_up(tmp_path / "usb-2")
    edit(office, "workstation = 2", "workstation = 1")
    with pytest.raises(Refusal) as refused:
        restore(office, backup, False, CREDENTIALS, SECOND)
    assert refused.value.code == "backup_other_desk", "nor another desk's"


def test_training_database_in_a_real_office_folder_is_refused(office: Path, tmp_path: Path) -> None:
    training = tmp_path / "training"
    create_office(training, OFFICE, True)
    for name in ("motcua.db", "motcua.db-wal", "motcua.db-shm"):
        (office / name).unlink(missing_ok=True)
    shutil.copy(training / "motcua.db", office)
    assert refusal_at_open(office) == "database_damaged"
    (office / "keys.json").unlink()
    assert refusal_at_open(office) == "training_in_real_place"
    (office / "motcua.seen").unlink()
    assert refusal_at_open(office) == "training_in_real_place"
    shutil.rmtree(office)
    create_office(office, OFFICE, True)
    open_office(office, "").close()


def test_edited_office_file_is_logged_once(office: Path) -> None:
    edit(office, 'head = "', 'send_people = false\nlock_after = 0\nhead = "')
    assert trail(office)
    assert (AccessKind.OFFICE_FILE_CHANGED, ADMIN, "lock_after") in trail(office)
    count = len([line for line in trail(office) if line[0] == AccessKind.OFFICE_FILE_CHANGED])
    assert count == 1, "not at every sign-in"


def test_office_with_dossiers_refuses_another_agency_code(office: Path, tmp_path: Path) -> None:
    edit(office, "H29.12", "H99.99")
    assert refusal_at_open(office) == "office_file_other"
    edit(office, "H99.99", "H29.12")
    open_office(office, ADMIN, None, PASSWORD).close()
    empty = tmp_path / "empty"
    create_office(empty, OFFICE, False, None, PASSWORD, HASH_COST)
    open_office(empty, ADMIN, None, PASSWORD).close()
    edit(empty, "H29.12", "H29.13")
    open_office(empty, ADMIN, None, PASSWORD).close()


def test_disabled_user_is_refused_within_a_session(office: Path) -> None:
    session = open_office(office, HAI, None, HAI_PIN)
    try:
        assert session.read(search_dossiers, SearchDossiers("dao"))
        with desk_session(office, ADMIN) as desk:
            desk.office.write_password(disable_user, DisableUser(HAI), HAI, "")
        with pytest.raises(Refusal) as refused:
            session.read(search_dossiers, SearchDossiers("dao"))
        assert refused.value.code == "user_disabled"
    finally:
        session.close()


@pytest.mark.posix
def test_core_dumps_are_disabled(training_folder: Path) -> None:
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    command = [sys.executable, str(REPOSITORY / "main.py"), "--data", str(training_folder), "--json", "intake", "-"]
    process = subprocess.Popen(
        ["sh", "-c", 'ulimit -c "$0" && exec "$@"', "unlimited" if hard < 0 else str(hard), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(b"x\n")
    process.stdin.flush()
    assert b"refused" in process.stdout.readline()
    limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
    process.stdin.close()
    process.stdout.close()
    assert process.wait() == 0
    assert [line.split()[4:6] for line in limits.splitlines() if line.startswith("Max core")] == [["0", "0"]]


@pytest.mark.posix
def test_passwords_leave_the_environment_once_read(office: Path) -> None:
    """Other programs inherit none and cannot read its memory."""
    script = (
        "import ctypes, os, app.bootstrap, app.cli\n"
        "run = app.cli.run\n"
        "def run_and_look(words, context):\n"
        "    status = run(words, context)\n"
        "    print([name for name in os.environ if 'PASSWORD' in name or 'RECOVERY' in name])\n"
        "    print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
        "    return status\n"
        "app.cli.run = run_and_look\n"
        "raise SystemExit(app.bootstrap.main())\n"
    )
    secrets = {"MOTCUA_PASSWORD": PASSWORD, "MOTCUA_NEW_PASSWORD": "x", "MOTCUA_SECOND_PASSWORD": "x"}
    environment = {**os.environ, **secrets, "MOTCUA_RECOVERY_KEY": "x", "PYTHONDONTWRITEBYTECODE": "1"}
    words = ["--data", str(office), "--user", ADMIN, "clock", "status"]
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-2:] == ["[]", "0"], "no passwords, and not dumpable"


def test_pdf_properties_contain_no_personal_data(office: Path) -> None:
    """Properties of a PDF are visible on the desktop and in the spooler."""
    with desk_session(office, ADMIN) as desk:
        code = desk.take_in(machine_now()).code
        pdf = desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT)).pdf
    properties = " ".join(pypdfium2.PdfDocument(pdf).get_metadata_dict().values())
    assert "Giấy tiếp nhận" in properties.capitalize() or "GIẤY TIẾP NHẬN" in properties
    assert not any(part in properties for part in (code, PERSON["name"], PERSON["id_number"]))


def test_ten_passwords_at_once_are_tried_one_after_another(office: Path) -> None:
    """No more wrong ones are tried than one after another would be."""
    together = Barrier(10)

    def guess(number: int) -> str:
        together.wait()
        return refusal_at_open(office, HAI, f"đoán {number}")

    with ThreadPoolExecutor(10) as pool:
        answers = Counter(pool.map(guess, range(10)))
    assert answers == {"keys_password_wrong": FREE_ATTEMPTS, "sign_in_wrong_wait": 1, "sign_in_wait": 9 - FREE_ATTEMPTS}


def test_ten_right_passwords_at_once_all_open(office: Path) -> None:
    with ThreadPoolExecutor(10) as pool:
        sessions = list(pool.map(lambda _: open_office(office, HAI, None, HAI_PIN), range(10)))
    assert [session.facts.actor for session in sessions] == [HAI] * 10
    for session in sessions:
        session.close()
