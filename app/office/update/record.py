"""What a data folder has during an update: a record and a copy.

From the record on, commands are refused, so that nothing is written between the copy and the first opening by the new
program. The copy has the database, its keys, the office file and the mark of the rollback guard; they are put back
together or not at all. The copy of the mark in the profile stays in the profile, so that a user who can write
the data folder alone cannot bring an older database past that mark with a record of their own.
"""

import json
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.disk import (
    create_file,
    discard_file,
    discard_folder,
    make_folder,
    read_start,
    remove_file,
    replace_file,
    sync_file,
    write_file,
)
from app.keys.file_names import FILE_NAME as KEY_FILE
from app.models.errors import Fault
from app.settings import FILE_NAME as OFFICE_FILE
from app.settings import MACHINE_FILE
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.rollback_guard import mark_files

RECORD_FILE, COPY_FOLDER = "update.json", "truoc-cap-nhat"
_FORMAT = "motcua-update"
_MAX_RECORD_BYTES = 1 << 16
_PLAIN = re.compile(r"[0-9.-]{1,40}")
"""What versions and stamps are made of; both become part of file names."""
_COMPANIONS = (KEY_FILE, OFFICE_FILE, MACHINE_FILE)
_FOLDER_MARK, _PROFILE_MARK = "mark-0.seen", "mark-1.seen"
"""Copy of the mark in the data folder; ending of the name of that in the profile."""
_SIDE_FILES = ("-wal", "-shm", "-journal")


class UpdateState(StrEnum):
    """How far an update is.

    `INSTALLING` until the new program starts, `OPENING` during its first opening, `FAILED` after that has failed.
    """

    INSTALLING = "installing"
    OPENING = "opening"
    FAILED = "failed"


@dataclass(frozen=True)
class UpdateRecord:
    """The record of an update: both versions, the state, the time.

    `stamp` is part of a file name.
    """

    old: str
    new: str
    state: UpdateState
    stamp: str


def read_record(folder: Path) -> UpdateRecord | None:
    """Return the record in a data folder; None without a readable one."""
    try:
        content = json.loads(read_start(folder / RECORD_FILE, _MAX_RECORD_BYTES))
        if content["format"] != _FORMAT:
            return None
        texts = [str(content[name]) for name in ("old", "new", "stamp")]
        if not all(_PLAIN.fullmatch(text) for text in texts):
            return None
        return UpdateRecord(texts[0], texts[1], UpdateState(content["state"]), texts[2])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_record(folder: Path, record: UpdateRecord) -> None:
    """Write the record.

    Raises Fault for the disk.
    """
    with map_errors_to_fault():
        write_file(folder / RECORD_FILE, json.dumps({"format": _FORMAT, **asdict(record)}).encode())


def set_state(folder: Path, record: UpdateRecord, state: UpdateState) -> UpdateRecord:
    """Write the record with another state and return it."""
    changed = replace(record, state=state)
    write_record(folder, changed)
    return changed


def refuse_commands(folder: Path) -> None:
    """Raise Fault `update_unfinished` during an update."""
    if read_record(folder) is not None:
        raise Fault("update_unfinished")


def copy_office(database: databases.Database, folder: Path) -> None:
    """Copy the office as the present program has left it.

    Raises Fault for the disk.
    """
    copy = folder / COPY_FOLDER
    with map_errors_to_fault():
        with suppress(OSError):  # a file that stays is overwritten
            discard_folder(copy)
        make_folder(copy)
        databases.back_up(database, copy / databases.FILE_NAME)
        for name in _COMPANIONS:
            _copy_file(folder / name, copy / name)
        for mark, saved in _marks(folder):
            discard_file(saved)
            _copy_file(mark, saved)
        sync_file(copy / databases.FILE_NAME)


def put_back(folder: Path, record: UpdateRecord) -> None:
    """Put the copied office back; the replaced database is kept beside it.

    It may be repeated after an interruption.

    Raises Fault for the disk.
    """
    copy, file = folder / COPY_FOLDER, folder / databases.FILE_NAME
    if not (copy / databases.FILE_NAME).is_file():
        return
    with map_errors_to_fault():
        _set_aside(file, folder / f"motcua-{record.new}-{record.stamp}.db")
        staged = file.with_name(f"{file.name}.part")
        with (copy / databases.FILE_NAME).open("rb") as content, create_file(staged) as out:
            shutil.copyfileobj(content, out)
        sync_file(staged)
        replace_file(staged, file)
        for name in _COMPANIONS:
            _copy_file(copy / name, folder / name)
        for mark, saved in _marks(folder):
            _copy_file(saved, mark)


def _marks(folder: Path) -> list[tuple[Path, Path]]:
    """Return each mark with its copy."""
    in_folder, *in_profile = mark_files(folder / databases.FILE_NAME)
    saved = [mark.with_name(f"{mark.stem}.{_PROFILE_MARK}") for mark in in_profile]
    return [(in_folder, folder / COPY_FOLDER / _FOLDER_MARK), *zip(in_profile, saved, strict=True)]


def _set_aside(file: Path, aside: Path) -> None:
    """Rename a database with its side files, the database last, once."""
    if aside.exists():
        return
    for suffix in (*_SIDE_FILES, ""):
        part = file.with_name(file.name + suffix)
        if part.exists():
            replace_file(part, aside.with_name(aside.name + suffix))


def _copy_file(source: Path, target: Path) -> None:
    """Copy a small file if it exists."""
    if source.is_file():
        make_folder(target.parent)
        write_file(target, source.read_bytes())


def end_update(folder: Path) -> None:
    """Remove the copies of the marks, the record, then the other copies.

    Raises Fault for the disk.
    """
    with map_errors_to_fault():
        for _mark, saved in _marks(folder):
            discard_file(saved)
        remove_file(folder / RECORD_FILE)
        with suppress(OSError):  # the update has ended
            discard_folder(folder / COPY_FOLDER)
