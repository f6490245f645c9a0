"""Install a database and its key file so that a crash divides nothing.

The complete files wait beside the old ones. From the moment the intent record is on the disk, the next start finishes
what was interrupted; without the record it removes what waits.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple

from app.disk import discard_file, read_start, remove_file, replace_file, write_file
from app.keys.file_names import FILE_NAME as KEY_FILE
from app.keys.file_names import PENDING_FILE_NAME
from app.models.errors import Fault
from app.settings import FILE_NAME as OFFICE_FILE
from app.storage import database as databases
from app.storage.error_mapping import map_errors_to_fault
from app.storage.files.database_files import install_database, remove_database
from app.storage.locks import hold_lock

INTENT_FILE, WAITING_DATABASE, WAITING_OFFICE_FILE = "restore.json", "motcua.restored.db", "office.new.toml"
_LOCK_FILE, _FORMAT = "restore.lock", "motcua-install"
_MAX_INTENT_BYTES = 1 << 16


class Installation(NamedTuple):
    """Files to install in an office's folder.

    `stamp` names the replaced files; with `discard` a replaced database without encryption is removed. `keys` is the
    content of the key file, None to keep the present one. `office_file` is the content of a missing office file.
    """

    database: Path
    stamp: str
    keys: bytes | None = None
    office_file: bytes | None = None
    discard: bool = False


def install(folder: Path, new: Installation) -> None:
    """Replace database and key file.

    Raises Fault for environment errors. The old office is then unchanged, or the next start finishes the act.
    """
    with map_errors_to_fault(), hold_lock(folder / _LOCK_FILE, "office_being_prepared"):
        if new.keys is not None:
            write_file(folder / PENDING_FILE_NAME, new.keys, private=True)
        if new.office_file is not None:
            write_file(folder / WAITING_OFFICE_FILE, new.office_file)
        replace_file(new.database, folder / WAITING_DATABASE)
        intent = {"format": _FORMAT, "stamp": new.stamp, "keys": new.keys is not None, "discard": new.discard}
        write_file(folder / INTENT_FILE, json.dumps(intent).encode())
        _finish(folder)


def finish_interrupted(folder: Path) -> None:
    """Finish an installation that was interrupted, or remove its files.

    Raises Fault `office_being_prepared` while another program installs, and for environment errors.
    """
    waiting = (INTENT_FILE, WAITING_DATABASE, WAITING_OFFICE_FILE)
    if not any(os.path.exists(folder / name) for name in waiting):
        return
    with map_errors_to_fault(), hold_lock(folder / _LOCK_FILE, "office_being_prepared"):
        if (folder / INTENT_FILE).exists():
            _finish(folder)
            return
        remove_database(folder / WAITING_DATABASE)
        for name in (WAITING_OFFICE_FILE, PENDING_FILE_NAME):
            discard_file(folder / name)


def _finish(folder: Path) -> None:
    """Carry out the recorded installation; it may be half done already."""
    intent = _read_intent(folder / INTENT_FILE)
    file, waiting = folder / databases.FILE_NAME, folder / WAITING_DATABASE
    if waiting.exists():
        if intent.discard and file.exists() and not databases.is_encrypted(file):  # anyone can write the record
            remove_database(file)
        install_database(waiting, file, folder / f"motcua-{intent.stamp}.db")
    if intent.keys and (folder / PENDING_FILE_NAME).exists():
        if (folder / KEY_FILE).exists():
            replace_file(folder / KEY_FILE, folder / f"keys-{intent.stamp}.json")
        replace_file(folder / PENDING_FILE_NAME, folder / KEY_FILE)
    if (folder / WAITING_OFFICE_FILE).exists():
        replace_file(folder / WAITING_OFFICE_FILE, folder / OFFICE_FILE)
    remove_file(folder / INTENT_FILE)


class _Intent(NamedTuple):
    stamp: str
    keys: bool
    discard: bool


def _read_intent(file: Path) -> _Intent:
    """Return the recorded intent; its stamp names files, so it is checked."""
    try:
        content = json.loads(read_start(file, _MAX_INTENT_BYTES))
        stamp, keys, discard = content["stamp"], content["keys"], content["discard"]
        if content["format"] == _FORMAT and stamp.replace("-", "").isalnum() and len(stamp) < 100:
            return _Intent(stamp, keys is True, discard is True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise Fault("restore_interrupted", folder=str(file.parent))
