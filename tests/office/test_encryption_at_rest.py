"""A real office on disk: no personal data is readable without its keys."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import create_office, open_office, restore
from app.keys.credentials import UnlockCredentials
from app.models.enums import Role
from app.models.errors import Fault, Refusal
from app.services.credentials import Credentials
from app.storage.database import change_key, connect_driver, is_encrypted, key_fits
from app.usecases.accounts.users import AddUser, add_user
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD, PERSON, Desk, desk_session, machine_now

REPOSITORY = Path(__file__).resolve().parents[2]
KILLED_AT = (1, 4, 60, 140, 260, 2000)
"""Numbers of the writes: of the key file, the journal, the database and the renaming at the end."""
CREDENTIALS = UnlockCredentials(ADMIN, PASSWORD)
TRACES = (
    "Ẫm",
    "048190004217",
    "0905 123 456",
    "0905123456",
    "0905 123 457",
    "Thôn Đoài",
    "am.dao",
    "dao thi am",
    "Bí mật của bà",
)


def recovery_key_of(folder: Path) -> str:
    """Create a real office in a folder; return its recovery key."""
    return create_office(folder, OFFICE, False, None, PASSWORD, HASH_COST)[1].recovery_key


def take_in(desk: Desk, **overrides: Any) -> str:
    return desk.take_in(machine_now(), note="Bí mật của bà", **overrides).code


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def refused(folder: Path, user: str = ADMIN, password: str = PASSWORD, recovery: str = "") -> str:
    with pytest.raises((Refusal, Fault)) as caught:
        open_office(folder, user, None, password, recovery)
    return caught.value.code


@pytest.mark.usefixtures("full_key_costs")
@pytest.mark.parametrize("secret, cost", [(PASSWORD, (64 * 1024, 2)), ("480217", (128 * 1024, 4))])
def test_first_password_has_the_full_hash_cost(tmp_path: Path, secret: str, cost: tuple[int, int]) -> None:
    """Offices of other tests have a lower cost."""
    create_office(tmp_path, OFFICE, False, None, secret)
    slots = json.loads((tmp_path / "keys.json").read_text(encoding="utf-8"))["slots"]
    assert [(slot["memory_kib"], slot["passes"]) for slot in slots if slot["kind"] == "user"] == [cost]
    with (
        closing(open_office(tmp_path, ADMIN, None, secret)) as office,
        closing(connect_driver(tmp_path / "motcua.db", office.keys.key)) as rows,
    ):
        ((hashed,),) = rows.execute("SELECT secret FROM user_account").fetchall()
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_day_of_a_real_office_leaves_no_personal_data_readable(tmp_path: Path) -> None:
    """Search database, log, drafts, prints, backups and sync files.

    The files are those of a process that was killed with everything open.
    """
    folder = tmp_path / "office"
    recovery = recovery_key_of(folder)
    day = f"""
import sys
sys.path.insert(0, {str(REPOSITORY)!r})
from tests.office.test_encryption_at_rest import work
work({str(folder)!r})
"""
    environment = {**os.environ, "MOTCUA_PASSWORD": PASSWORD}
    process = subprocess.run([sys.executable, "-c", day], env=environment, capture_output=True, check=False)
    assert process.returncode == 9, process.stderr.decode()
    files = bytes_below(folder)
    assert {"motcua.db", "motcua.db-wal", "motcua.db-shm"} <= set(files)
    assert any(name.endswith(".mcbackup") for name in files)
    for trace in (*TRACES, recovery, recovery.replace("-", ""), PASSWORD, "SQLite format"):
        for spelling in (trace, trace.upper(), json.dumps(trace)[1:-1]):
            holders = [name for name, content in files.items() if spelling.encode() in content]
            assert holders == [], f"{trace} in {holders}"
        assert not [name for name in files if trace in name]
    with desk_session(folder, ADMIN) as desk:
        assert desk.check(machine_now()).ok


def work(folder: str) -> None:
    """Work for a day; end without closing anything."""
    from app.models.enums import PaperForm
    from app.office.exchange.sync_export import export_bundle
    from app.usecases.documents.prepare import PreparePaper, prepare_paper
    from app.usecases.intake.draft import SaveDraft, save_draft

    desk = Desk(Path(folder), ADMIN)
    now = machine_now()
    codes = [take_in(desk) for _ in range(3)]
    desk.act(codes[0], "amend", now, sets=(("phone", "0905 123 457"),), note="Bí mật của bà")
    desk.office.write(save_draft, SaveDraft({"name": PERSON["name"], "id": PERSON["id_number"]}), now)
    desk.office.write(prepare_paper, PreparePaper(codes[1], PaperForm.RECEIPT), now)
    Path(folder, "len.mcsync").write_bytes(export_bundle(desk.office, at=now).content)
    desk.office.back_up(None)
    take_in(desk)
    os._exit(9)


def test_only_a_training_office_is_unencrypted(real_folder: Path, training_folder: Path) -> None:
    assert is_encrypted(real_folder / "motcua.db") and not is_encrypted(training_folder / "motcua.db")
    assert not (training_folder / "keys.json").exists()
    assert (real_folder / "keys.json").stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_refused_unlock_names_the_reason_and_writes_nothing(real_folder: Path) -> None:
    before = bytes_below(real_folder)
    assert refused(real_folder, password="") == "keys_password_missing"
    assert refused(real_folder, password="sai bét cả rồi") == "keys_password_wrong"
    assert refused(real_folder, recovery="ABCDE") == "recovery_key_shape"
    assert refused(real_folder, user="") == "user_missing"
    after = bytes_below(real_folder)
    assert after.pop("tries.lock") == b""
    assert ADMIN.encode() not in after.pop("tries.json"), "wrong passwords are counted without a name"
    assert after == before
    (real_folder / "keys.json").write_bytes(before["keys.json"][:200])
    assert refused(real_folder) == "keys_damaged"
    (real_folder / "keys.json").write_bytes(before["keys.json"])
    (real_folder / "motcua.db").write_bytes(b"\xa5" * 8192)
    assert refused(real_folder) == "database_damaged"


def test_lost_key_file_is_not_an_empty_office(real_folder: Path) -> None:
    (real_folder / "keys.json").unlink()
    assert refused(real_folder) == "keys_missing"
    (real_folder / "motcua.db").unlink()
    assert refused(real_folder) == "database_gone"


def test_office_with_keys_and_no_database_is_not_created_again(real_folder: Path) -> None:
    (real_folder / "motcua.db").unlink()
    with pytest.raises(Refusal) as caught:
        create_office(real_folder, OFFICE, False, None, PASSWORD)
    assert caught.value.code == "office_exists" and (real_folder / "keys.json").exists()


def test_key_change_encrypts_with_a_new_key(real_folder: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        code = take_in(desk)
        assert desk.office.keys is not None
        former = desk.office.keys.key
        desk.office.change_key()
    assert not key_fits(real_folder / "motcua.db", former) and not (real_folder / "keys.new.json").exists()
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.show(code).code == code and desk.check(machine_now()).ok


def test_interrupted_key_change_needs_its_pending_file_whole(real_folder: Path) -> None:
    file, pending = real_folder / "keys.json", real_folder / "keys.new.json"
    former = file.read_bytes()
    with desk_session(real_folder, ADMIN) as desk:
        desk.office.change_key()
    new = file.read_bytes()
    file.write_bytes(former)
    assert refused(real_folder) == "database_damaged"
    pending.write_bytes(new[:-100])
    assert refused(real_folder) == "keys_damaged" and file.read_bytes() == former
    pending.write_bytes(new)
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.check(machine_now()).ok
    assert file.read_bytes() == new and not pending.exists()


def test_key_change_is_refused_while_another_session_is_open(real_folder: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk, desk_session(real_folder, ADMIN) as other:
        code = take_in(other)
        with pytest.raises(Fault) as fault:
            desk.office.change_key()
        assert fault.value.code == "file_locked"
        assert other.show(code).code == code != take_in(other)
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.check(machine_now()).ok


@pytest.mark.posix
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_killed_key_change_leaves_a_database_that_opens(tmp_path: Path, real_folder: Path) -> None:
    """Kill the key change at several of its writes to the disk."""
    with desk_session(real_folder, ADMIN) as desk:
        codes = [take_in(desk) for _ in range(20)]
    program = f"""
import sys
sys.path.insert(0, {str(REPOSITORY)!r})
from pathlib import Path
from app.bootstrap import open_office
open_office(Path(sys.argv[1]), {ADMIN!r}, None, {PASSWORD!r}).change_key()
"""
    outcomes = []
    for number in KILLED_AT:
        folder = tmp_path / f"at-{number}"
        shutil.copytree(real_folder, folder)
        calls = "pwrite64,write,rename,ftruncate,unlink"
        watched = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}")
        kill = ("-e", f"inject={calls}:signal=KILL:when={number}")
        command = [*watched, *kill, sys.executable, "-B", "-c", program, str(folder)]
        outcomes.append(subprocess.run(command, capture_output=True, check=False).returncode)
        with desk_session(folder, ADMIN) as desk:
            assert desk.show(codes[-1]).code == codes[-1] and desk.check(machine_now()).ok, number
        assert not (folder / "keys.new.json").exists() or (folder / "keys.json").exists()
    assert outcomes[0] != 0 and outcomes[-1] == 0, outcomes


def test_backup_and_recovery_key_restore_on_another_machine(tmp_path: Path) -> None:
    recovery = recovery_key_of(tmp_path / "old")
    with desk_session(tmp_path / "old", ADMIN) as desk:
        code = take_in(desk)
        backup, _ = desk.office.back_up(tmp_path / "usb")
    shutil.rmtree(tmp_path / "old")
    new = tmp_path / "new"
    for credentials, expected in (
        (UnlockCredentials(), "user_missing"),
        (UnlockCredentials(ADMIN, "đoán mò thôi mà"), "keys_password_wrong"),
        (UnlockCredentials(recovery="0" * 40), "recovery_key_group"),
    ):
        with pytest.raises(Refusal) as caught:
            restore(new, backup, False, credentials)
        assert caught.value.code == expected and {f.name for f in new.iterdir()} <= {"window.lock"}
    assert restore(new, backup, True, UnlockCredentials(recovery=recovery)).dossiers == 1
    assert restore(new, backup, False, UnlockCredentials(recovery=recovery)).dossiers == 1
    with desk_session(new, ADMIN) as desk:
        assert desk.show(code).code == code and desk.check(machine_now()).ok
        assert int(take_in(desk)[-4:]) >= 1000  # exactly 1000 when midnight passes after the restore


def test_backup_from_before_a_key_change_is_restored(real_folder: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        code = take_in(desk)
        desk.office.write(add_user, AddUser("Lê Văn Hai", Role.CLERK, secret="480217"))
        backup, _ = desk.office.back_up(None)
        desk.office.change_key()
    with desk_session(real_folder, ADMIN) as desk:
        later = take_in(desk)
    restore(real_folder, backup, False, CREDENTIALS, Credentials("Lê Văn Hai", "480217"))
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.show(code).code == code
        assert take_in(desk) != later, "the numbers of the replaced database are skipped"
    assert len(list(real_folder.glob("keys-truoc-phuc-hoi-*.json"))) == 1


def test_training_backup_does_not_replace_a_real_office(real_folder: Path, training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        backup, _ = desk.office.back_up(None)
    with pytest.raises(Refusal) as caught:
        restore(real_folder, backup, False, CREDENTIALS)
    assert caught.value.code == "backup_training"
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.check(machine_now()).ok


def test_key_change_requires_the_current_key(real_folder: Path) -> None:
    with pytest.raises(Fault) as fault:
        change_key(real_folder / "motcua.db", b"x" * 32, b"y" * 32)
    assert fault.value.code == "database_damaged"
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.check(machine_now()).ok
