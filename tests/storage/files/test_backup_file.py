"""Damaged backup files are refused, whatever byte is wrong."""

import random
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from app.models.errors import Refusal
from app.storage.files.backup_file import unpack_backup


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A small zip with the members of a backup."""
    file = tmp_path / "a.mcbackup"
    with ZipFile(file, "w", ZIP_STORED) as packed:
        packed.writestr("motcua.db", b"x" * 300)
        packed.writestr("office.toml", 'name = "Đông"'.encode())
        packed.writestr("keys.json", b"{}")
    return file


def refusal_code(file: Path) -> str:
    """Return the refusal code; empty where the file is unpacked."""
    try:
        with unpack_backup(file, file.parent) as unpacked:
            return "" if unpacked.database.is_file() else "no database"
    except Refusal as refusal:
        return refusal.code


def test_valid_backup_is_unpacked(backup: Path) -> None:
    assert refusal_code(backup) == ""


def test_undecodable_member_name_is_damaged(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 9] |= 0x08  # flag: the name is UTF-8
    content[content.rindex(b"keys.json")] = 0xFF
    backup.write_bytes(content)
    assert refusal_code(backup) == "backup_damaged"


@pytest.mark.parametrize("at", [0xFFFFFFFF, 0x7FFFFFFF, 10_000, 1])
def test_wrong_directory_offset_is_damaged(backup: Path, at: int) -> None:
    content = bytearray(backup.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    content[end + 16 : end + 20] = at.to_bytes(4, "little")
    backup.write_bytes(content)
    assert refusal_code(backup) == "backup_damaged"


def appended(content: bytes) -> bytes:
    return content + b"x"


def prepended(content: bytes) -> bytes:
    return b"PK" + content


def with_another_zip(content: bytes) -> bytes:
    return content + content


def with_a_gap(content: bytes) -> bytes:
    """Return a zip with a byte between the members and the directory."""
    at = content.index(b"PK\x01\x02")
    return content[:at] + b"x" + content[at:]


@pytest.mark.parametrize("change", [appended, prepended, with_another_zip, with_a_gap])
def test_bytes_outside_the_members_are_damage(backup: Path, change: Callable[[bytes], bytes]) -> None:
    backup.write_bytes(change(backup.read_bytes()))
    assert refusal_code(backup) == "backup_damaged"


@pytest.mark.parametrize(("name", "comment"), [("motcua.db", b""), ("other.txt", b""), ("backup.sig", b"x")])
def test_second_foreign_or_commented_member_is_damage(backup: Path, name: str, comment: bytes) -> None:
    with warnings.catch_warnings(action="ignore"), ZipFile(backup, "a", ZIP_STORED) as packed:
        packed.writestr(name, b"x" * 300)
        packed.comment = comment
    assert refusal_code(backup) == "backup_damaged"


def test_backup_of_a_large_database_has_a_longer_end(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond 4 GiB the zip has two more records at its end."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    with ZipFile(backup, "w", ZIP_STORED) as packed, packed.open("motcua.db", "w", force_zip64=True) as member:
        member.write(b"x" * 300)
    assert b"PK\x06\x06" in backup.read_bytes()
    assert refusal_code(backup) == ""


def test_random_corruption_is_unpacked_or_damaged(backup: Path) -> None:
    rng, good = random.Random(7), backup.read_bytes()
    answers = set()
    for _ in range(1500):
        mangled = bytearray(good)
        for _ in range(rng.choice((1, 1, 2, 4))):
            place = rng.choice((rng.randrange(len(good)), len(good) - rng.randrange(1, 250)))
            mangled[place : place + rng.choice((1, 1, 4))] = bytes([rng.choice((0, 255, rng.randrange(256)))])
        backup.write_bytes(mangled)
        answers.add(refusal_code(backup))
    assert answers == {"", "backup_damaged"}
