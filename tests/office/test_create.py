"""Creating an office: completely, or not at all."""

import errno
import os
from pathlib import Path

import pytest

from app import disk
from app.bootstrap import create_office
from app.models.errors import Fault, Refusal
from app.office import create as office_creation
from app.wording.refusals import error_sentence
from tests.support.offices import CREATED_AT, HASH_COST, OFFICE, PASSWORD


def create(folder: Path, training: bool) -> None:
    if training:
        create_office(folder, OFFICE, True, CREATED_AT)
    else:
        create_office(folder, OFFICE, False, None, PASSWORD, HASH_COST)


@pytest.mark.parametrize("training", [True, False])
def test_new_office_has_no_leftover_files(tmp_path: Path, training: bool) -> None:
    create(tmp_path / "office", training)
    expected = {"motcua.db", "office.toml", "founding.lock", "motcua.seen" if training else "keys.json"}
    names = {path.name for path in (tmp_path / "office").iterdir()}
    assert {name for name in names if not name.endswith(".lock")} == expected - {"founding.lock"}


@pytest.mark.parametrize("training", [True, False])
def test_failed_folder_sync_leaves_nothing_that_blocks_the_next_attempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, training: bool
) -> None:
    """Fail each folder sync of a creation in turn."""
    sync_folder = disk._sync_folder
    for failing in range(1, 20):
        count = 0

        def sync(folder: Path, failing: int = failing) -> None:
            nonlocal count
            count += 1
            if count == failing:
                raise OSError(errno.EIO, "I/O error", str(folder))
            sync_folder(folder)

        folder = tmp_path / f"office-{failing}"
        monkeypatch.setattr(disk, "_sync_folder", sync)
        try:
            create(folder, training)
        except Fault as fault:
            assert fault.code == "disk_error"
        finally:
            monkeypatch.setattr(disk, "_sync_folder", sync_folder)
        if count < failing:
            break
        create(folder, training)
    assert failing > 3


@pytest.mark.posix
def test_pipe_in_place_of_the_office_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "office.toml")
    with pytest.raises(Fault) as caught:
        create_office(tmp_path, OFFICE, True)
    assert caught.value.code == "folder_unreachable"


def test_row_of_an_unreadable_catalogue_is_explained_in_words(tmp_path: Path) -> None:
    table = "code\tname\tfield\nx\ty\tz\n"
    request = office_creation.NewOffice(tmp_path / "office", OFFICE, True, CREATED_AT, "", table)
    with pytest.raises(Refusal) as refused:
        office_creation.create_office(request)
    assert "dòng 2: Mã thủ tục" in error_sentence(refused.value)
