"""Faults of the machine at the command line (SCENARIOS S2).

Each fault is reported in Vietnamese with its remedy and exit status 3. Nothing is written. Work continues once the
cause is gone.
"""

import json
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from tests.faults.disks import MountDisk, fill, remount
from tests.faults.processes import Child, ForkServer
from tests.support.offices import ADMIN, desk_session, intake_line, machine_now

pytestmark = pytest.mark.posix
NOW = ("--now", "2026-02-09T08:00", "--json")
ONE_LINE = json.dumps(intake_line()).encode() + b"\n"


def intake(server: ForkServer, folder: Path, lines: bytes = ONE_LINE) -> Child:
    return server.run(("--data", folder, *NOW, "intake", "-"), lines)


def accepted_codes(child: Child) -> list[str]:
    """Return the codes of an intake without refusals."""
    assert (child.status, child.err) == (0, b""), child.err.decode()
    return [answer["code"] for answer in child.answers]


def refusal_of(child: Child) -> dict[str, Any]:
    """Return the refusal of a call; its message is also the error output."""
    assert child.status == 3, (child.out, child.err.decode())
    *_accepted, last = child.answers
    refusal = last["refused"]
    error = " ".join(child.err.decode().split())
    assert error == " ".join(refusal["message"].split()) and "Lỗi của chương trình" not in error
    return dict(refusal)


def test_read_only_folder(server: ForkServer, mount_disk: MountDisk, office_templates: dict[bool, Path]) -> None:
    place = mount_disk("16m")
    folder = Path(shutil.copytree(office_templates[True], place / "office"))
    (first,) = accepted_codes(intake(server, folder))
    remount(place, "ro")
    assert refusal_of(intake(server, folder))["code"] == "folder_read_only"
    printing = ("--data", folder, *NOW, "print", "receipt", first, "--out", place / "paper.pdf")
    assert refusal_of(server.run(printing))["code"] == "folder_read_only"
    assert not (place / "paper.pdf").exists()
    remount(place, "rw")
    assert accepted_codes(intake(server, folder))[0].endswith("-0002")
    assert server.run(printing).status == 0 and (place / "paper.pdf").exists()


def test_disk_fills_up_during_intake(
    server: ForkServer, mount_disk: MountDisk, office_templates: dict[bool, Path]
) -> None:
    place = mount_disk("8m")
    folder = Path(shutil.copytree(office_templates[True], place / "office"))
    ballast = fill(place, leave=700_000)
    child = intake(server, folder, ONE_LINE * 60)
    assert refusal_of(child)["code"] == "disk_full"
    accepted = [answer["code"] for answer in child.answers[:-1]]
    printing = ("--data", folder, *NOW, "print", "receipt", accepted[0], "--out", place / "paper.pdf")
    assert server.run(printing).status == 3 and list(place.glob("paper*")) == []
    ballast.unlink()
    (after,) = accepted_codes(intake(server, folder))
    with desk_session(folder) as desk:
        codes = [code for (code,) in desk.rows("SELECT code FROM dossier ORDER BY id")]
        assert codes[: len(accepted)] == accepted and codes[-1] == after and desk.check().ok
        assert [int(code[-4:]) for code in codes] == list(range(1, len(codes) + 1))


def test_full_disk_still_signs_in_and_reads(
    server: ForkServer, mount_disk: MountDisk, office_templates: dict[bool, Path]
) -> None:
    """No file of the database is open yet, and none can be created."""
    place = mount_disk("8m")
    folder = Path(shutil.copytree(office_templates[False], place / "office"))
    with desk_session(folder, ADMIN) as desk:
        code = desk.take_in(machine_now()).code
    ballast = fill(place)
    office = ("--data", folder, "--json", "--user", ADMIN)
    search = server.run((*office, "search", "dao"))
    assert (search.status, search.answers[0]["code"]) == (0, code) and "Ổ đĩa đã đầy" in search.err.decode()
    assert server.run((*office, "check")).answers[0]["ok"] is True
    for words in (("intake", "-"), ("show", code), ("keys", "status")):
        child = server.run((*office, *words), ONE_LINE)
        assert child.status == 0 or child.answers[0]["refused"]["code"] == "disk_full"
    ballast.unlink()
    (after,) = accepted_codes(server.run((*office, "intake", "-"), ONE_LINE))
    assert after != code


def test_missing_database_is_not_recreated(server: ForkServer, training_folder: Path, tmp_path: Path) -> None:
    accepted_codes(intake(server, training_folder))
    backup = server.run(("--data", training_folder, *NOW, "backup", "--to", tmp_path / "usb"))
    accepted_codes(intake(server, training_folder))
    (training_folder / "motcua.db").unlink()
    for words in (("intake", "-"), ("check",), ("init", training_folder / "office.toml", "--training")):
        refusal = refusal_of(server.run(("--data", training_folder, "--json", *words), ONE_LINE))
        assert refusal["code"] == "database_gone" and "Phục hồi" in refusal["message"]
    restore = server.run(("--data", training_folder, "--json", "restore", backup.answers[0]["file"]))
    assert restore.status == 0, restore.err.decode()
    (code,) = accepted_codes(server.run(("--data", training_folder, "--json", "intake", "-"), ONE_LINE))
    assert int(code[-4:]) > 2


def test_older_database_gives_no_number(server: ForkServer, training_folder: Path, tmp_path: Path) -> None:
    accepted_codes(intake(server, training_folder))
    older = shutil.copy(training_folder / "motcua.db", tmp_path)
    accepted_codes(intake(server, training_folder))
    newest = shutil.copy(training_folder / "motcua.db", tmp_path / "newest.db")
    shutil.copy(older, training_folder / "motcua.db")
    refusal = refusal_of(intake(server, training_folder))
    assert refusal["code"] == "database_older" and "Phục hồi" in refusal["message"]
    shutil.copy(newest, training_folder / "motcua.db")
    assert accepted_codes(intake(server, training_folder))[0].endswith("-0003")


def test_database_newer_than_the_program(server: ForkServer, training_folder: Path) -> None:
    file = training_folder / "motcua.db"
    with closing(dbapi2.connect(str(file))) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = file.read_bytes()
    assert refusal_of(intake(server, training_folder))["code"] == "database_newer"
    assert file.read_bytes() == before
    with closing(dbapi2.connect(str(file))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()
    accepted_codes(intake(server, training_folder))


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"\0" * 4096])
def test_file_that_is_not_a_database(server: ForkServer, training_folder: Path, content: bytes) -> None:
    file = training_folder / "motcua.db"
    whole = file.read_bytes()
    file.write_bytes(content)
    assert refusal_of(intake(server, training_folder))["code"] == "database_damaged"
    assert file.read_bytes() == content
    file.write_bytes(whole)
    accepted_codes(intake(server, training_folder))


def test_database_locked_briefly_by_another_program(server: ForkServer, training_folder: Path) -> None:
    child = server.fork(("--data", training_folder, *NOW, "intake", "-"))
    child.feed(ONE_LINE)
    with closing(dbapi2.connect(str(training_folder / "motcua.db"))) as other:
        other.execute("BEGIN IMMEDIATE")
        child.start()
        child.read_for(0.5)
        assert child.answers == []
        other.rollback()
        assert child.wait_for_lines(1)
    child.wait()
    accepted_codes(child)


def test_database_locked_permanently_by_another_program(server: ForkServer, training_folder: Path) -> None:
    with closing(dbapi2.connect(str(training_folder / "motcua.db"))) as other:
        other.execute("BEGIN IMMEDIATE")
        child = server.fork(("--data", training_folder, *NOW, "intake", "-"), busy_timeout=300)
        child.feed(ONE_LINE)
        child.start()
        child.wait()
        assert refusal_of(child)["code"] == "file_locked"
        other.rollback()
    assert accepted_codes(intake(server, training_folder))[0].endswith("-0001")


def test_clock_behind_the_journal_gives_no_number(server: ForkServer, real_folder: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        desk.take_in(machine_now() + timedelta(hours=3))
    child = server.run(("--data", real_folder, "--json", "--user", ADMIN, "intake", "-"), ONE_LINE)
    refusal = child.answers[0]["refused"]
    assert refusal["code"] == "clock_behind_journal" and "hai người" in refusal["message"]
    with desk_session(real_folder, ADMIN) as desk:
        assert desk.rows("SELECT count(*) FROM dossier") == [(1,)]
