"""Files and folders of an office are for their owner alone."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import pytest

from app.bootstrap import create_office, restore
from app.disk import make_folder, save_file, write_file
from app.keys.credentials import UnlockCredentials
from app.models.enums import PaperForm
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from tests.support.offices import ADMIN, HASH_COST, OFFICE, PASSWORD, Desk, desk_session, machine_now

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.posix


@pytest.fixture(params=[0o000, 0o022])
def open_umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let other accounts read new files."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes_below(folder: Path) -> dict[str, int]:
    """Return the modes that others can use, by path."""
    paths = [folder, *folder.rglob("*")]
    return {str(path.relative_to(folder.parent)): mode(path) for path in paths if mode(path) & 0o077}


def test_new_office_and_its_backups_are_private(open_umask: None, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "office"
    create_office(folder, OFFICE, False, None, PASSWORD, HASH_COST)
    with desk_session(folder, ADMIN) as desk:
        desk.take_in(machine_now())
        own, _ = desk.office.back_up(None)
        second, _ = desk.office.back_up(tmp_path / "usb" / "motcua-sao-luu")
        assert (mode(own), mode(second), mode(second.parent), mode(second.parent.parent)) == (
            0o600,
            0o600,
            0o700,
            0o700,
        )
    left = {path for path in modes_below(tmp_path / "new") if not path.endswith((".lock", "motcua.seen"))}
    assert left == set()


def test_restored_office_is_private(open_umask: None, tmp_path: Path) -> None:
    recovery = create_office(tmp_path / "old", OFFICE, False, None, PASSWORD, HASH_COST)[1].recovery_key
    with desk_session(tmp_path / "old", ADMIN) as desk:
        backup, _ = desk.office.back_up(tmp_path / "usb")
    folder = tmp_path / "new" / "office"
    restore(folder, backup, False, UnlockCredentials(recovery=recovery))
    assert mode(folder) == mode(folder.parent) == 0o700
    assert {path for path in modes_below(folder) if not path.endswith((".lock", "motcua.seen"))} == set()


def test_saved_and_exported_files_are_private(open_umask: None, tmp_path: Path) -> None:
    save_file(tmp_path / "chosen.pdf", b"%PDF")
    write_file(tmp_path / "out.xlsx", b"PK")
    make_folder(tmp_path / "one" / "two")
    assert mode(tmp_path / "chosen.pdf") == mode(tmp_path / "out.xlsx") == 0o600
    assert mode(tmp_path / "one") == mode(tmp_path / "one" / "two") == 0o700


def test_existing_folder_keeps_its_mode(open_umask: None, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path)
    assert mode(tmp_path) == 0o755


def test_command_writes_private_files(training_folder: Path, tmp_path: Path) -> None:
    with desk_session(training_folder) as desk:
        code = desk.take_in().code
        desk.office.write(prepare_paper, PreparePaper(code, PaperForm.RECEIPT))
    out = tmp_path / "receipt.pdf"
    words = ["--data", str(training_folder), "print", "receipt", code, "--out", str(out)]
    command = ["sh", "-c", 'umask 000 && exec "$@"', "sh", sys.executable, str(REPOSITORY / "main.py"), *words]
    assert run(command, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, check=False).returncode == 0
    assert mode(out) == 0o600


def test_upgrade_copy_is_private(open_umask: None, training_folder: Path, desk: Desk) -> None:
    from tests.storage.test_releases import downgrade_to

    with desk_session(training_folder) as older:
        older.take_in()
    downgrade_to("0002", training_folder / "motcua.db")
    with desk_session(training_folder):
        (copy,) = training_folder.glob("motcua-truoc-*.db")
        assert mode(copy) == 0o600
