"""What may be wrong with the machine, through the real command line (S2): said in Vietnamese with what to do, exit
status 3, nothing written, and on it goes once the cause is gone."""

import json
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from tests.faults.disks import Mount, fill, remount
from tests.faults.processes import Child, Nursery
from tests.support.offices import ADMIN, line, opened, real_hour

pytestmark = pytest.mark.posix
NOW = ("--now", "2026-02-09T08:00", "--json")
ONE = json.dumps(line()).encode() + b"\n"


def intake(warm: Nursery, folder: Path, lines: bytes = ONE) -> Child:
    return warm.run(("--data", folder, *NOW, "intake", "-"), lines)


def taken_in(child: Child) -> list[str]:
    """The codes of an intake that went well."""
    assert (child.status, child.err) == (0, b""), child.err.decode()
    return [answer["code"] for answer in child.told]


def stopped(child: Child) -> dict[str, Any]:
    """The reason of a call that the machine would not let through: told once as JSON and once in words."""
    assert child.status == 3, (child.out, child.err.decode())
    *_done, refused = child.told
    told = refused["refused"]
    words = " ".join(child.err.decode().split())
    assert words == " ".join(told["message"].split()) and "Lỗi của chương trình" not in words
    return dict(told)


def test_a_folder_that_may_only_be_read(warm: Nursery, mounted: Mount, founded: dict[bool, Path]) -> None:
    place = mounted("16m")
    folder = Path(shutil.copytree(founded[True], place / "office"))
    (first,) = taken_in(intake(warm, folder))
    remount(place, "ro")
    assert stopped(intake(warm, folder))["code"] in ("folder_read_only", "folder_unreachable")
    printing = ("--data", folder, *NOW, "print", "receipt", first, "--out", place / "paper.pdf")
    assert stopped(warm.run(printing))["code"] in ("folder_read_only", "folder_unreachable")
    assert not (place / "paper.pdf").exists()
    remount(place, "rw")
    assert taken_in(intake(warm, folder))[0].endswith("-0002")
    assert warm.run(printing).status == 0 and (place / "paper.pdf").exists()


def test_a_disk_that_fills_up_while_lines_come_in(warm: Nursery, mounted: Mount, founded: dict[bool, Path]) -> None:
    place = mounted("8m")
    folder = Path(shutil.copytree(founded[True], place / "office"))
    ballast = fill(place, leave=700_000)
    child = intake(warm, folder, ONE * 60)
    assert stopped(child)["code"] == "disk_full"
    done = [answer["code"] for answer in child.told[:-1]]
    printing = ("--data", folder, *NOW, "print", "receipt", done[0], "--out", place / "paper.pdf")
    assert warm.run(printing).status == 3 and list(place.glob("paper*")) == []
    ballast.unlink()
    (after,) = taken_in(intake(warm, folder))
    with opened(folder) as desk:
        codes = [code for (code,) in desk.rows("SELECT code FROM dossier ORDER BY id")]
        assert codes[: len(done)] == done and codes[-1] == after and desk.check().ok
        assert [int(code[-4:]) for code in codes] == list(range(1, len(codes) + 1))


def test_a_database_that_is_gone_is_not_begun_anew(warm: Nursery, training_folder: Path, tmp_path: Path) -> None:
    taken_in(intake(warm, training_folder))
    saved = warm.run(("--data", training_folder, *NOW, "backup", "--to", tmp_path / "usb"))
    taken_in(intake(warm, training_folder))
    (training_folder / "motcua.db").unlink()
    for words in (("intake", "-"), ("check",), ("init", training_folder / "office.toml", "--training")):
        told = stopped(warm.run(("--data", training_folder, "--json", *words), ONE))
        assert told["code"] == "database_gone" and "restore" in told["message"]
    back = warm.run(("--data", training_folder, "--json", "restore", saved.told[0]["file"]))
    assert back.status == 0, back.err.decode()
    (code,) = taken_in(warm.run(("--data", training_folder, "--json", "intake", "-"), ONE))
    assert int(code[-4:]) > 2


def test_an_older_database_gives_no_number(warm: Nursery, training_folder: Path, tmp_path: Path) -> None:
    taken_in(intake(warm, training_folder))
    older = shutil.copy(training_folder / "motcua.db", tmp_path)
    taken_in(intake(warm, training_folder))
    newest = shutil.copy(training_folder / "motcua.db", tmp_path / "newest.db")
    shutil.copy(older, training_folder / "motcua.db")
    told = stopped(intake(warm, training_folder))
    assert told["code"] == "database_older" and "restore" in told["message"]
    shutil.copy(newest, training_folder / "motcua.db")
    assert taken_in(intake(warm, training_folder))[0].endswith("-0003")


def test_a_database_newer_than_the_program(warm: Nursery, training_folder: Path) -> None:
    file = training_folder / "motcua.db"
    with closing(dbapi2.connect(str(file))) as connection:
        (known,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = file.read_bytes()
    assert stopped(intake(warm, training_folder))["code"] == "database_newer"
    assert file.read_bytes() == before
    with closing(dbapi2.connect(str(file))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (known,))
        connection.commit()
    taken_in(intake(warm, training_folder))


@pytest.mark.parametrize("spoil", [b"", b"not a database at all" * 100, b"\0" * 4096])
def test_a_database_that_is_none(warm: Nursery, training_folder: Path, spoil: bytes) -> None:
    file = training_folder / "motcua.db"
    whole = file.read_bytes()
    file.write_bytes(spoil)
    assert stopped(intake(warm, training_folder))["code"] == "database_damaged"
    assert file.read_bytes() == spoil
    file.write_bytes(whole)
    taken_in(intake(warm, training_folder))


def test_a_file_that_another_program_holds_for_a_while(warm: Nursery, training_folder: Path) -> None:
    child = warm.bear(("--data", training_folder, *NOW, "intake", "-"))
    child.feed(ONE)
    with closing(dbapi2.connect(str(training_folder / "motcua.db"))) as other:
        other.execute("BEGIN IMMEDIATE")
        child.go()
        child.hear_for(0.5)
        assert child.told == []
        other.rollback()
        assert child.answers(1)
    child.ended()
    taken_in(child)


def test_a_file_that_another_program_never_lets_go(warm: Nursery, training_folder: Path) -> None:
    with closing(dbapi2.connect(str(training_folder / "motcua.db"))) as other:
        other.execute("BEGIN IMMEDIATE")
        child = warm.bear(("--data", training_folder, *NOW, "intake", "-"), busy_timeout=300)
        child.feed(ONE)
        child.go()
        child.ended()
        assert stopped(child)["code"] == "file_locked"
        other.rollback()
    assert taken_in(intake(warm, training_folder))[0].endswith("-0001")


def test_a_clock_behind_the_journal_gives_no_number(warm: Nursery, real_folder: Path) -> None:
    with opened(real_folder, ADMIN) as desk:
        desk.take_in(real_hour() + timedelta(days=20))
    child = warm.run(("--data", real_folder, "--json", "--user", ADMIN, "intake", "-"), ONE)
    told = child.told[0]["refused"]
    assert told["code"] == "clock_behind_journal" and "hai người" in told["message"]
    with opened(real_folder, ADMIN) as desk:
        assert desk.rows("SELECT count(*) FROM dossier") == [(1,)]
