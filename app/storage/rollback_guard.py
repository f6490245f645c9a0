"""Detect an older copy of a database by a mark stored outside it.

The high-water mark is stored in the database's folder and, for a real office, in the user's profile.
A database with fewer events than the mark would issue numbers a second time (SCENARIOS S2).
The mark is written after the commit and is not synced.
After a power cut it may be behind the database, but never ahead of it.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from app.models.errors import Fault

FILE_NAME = "motcua.seen"
_WIDTH = 512
"""Size of the file in bytes: one sector, so that it is written at once."""
_MAX_ENDED_EPOCHS = 6
_DATABASE_STATE = text(
    "SELECT (SELECT value FROM setting WHERE name = 'epoch') AS epoch,"
    " (SELECT value FROM setting WHERE name = 'training') AS training, (SELECT max(id) FROM event) AS events"
)


@dataclass(frozen=True)
class HighWaterMark:
    """Epoch of a database, its newest event and the ended epochs."""

    epoch: str
    events: int
    ended: tuple[str, ...] = ()


class RollbackGuard:
    """Writer of the high-water mark of an open database."""

    def __init__(self, files: Sequence[Path], mark: HighWaterMark) -> None:
        self._files = files
        self._mark = mark

    def record(self, events: int) -> None:
        """Raise the mark to an event that was committed."""
        self._mark = HighWaterMark(self._mark.epoch, events, self._mark.ended)
        content = json.dumps(asdict(self._mark)).ljust(_WIDTH).encode()
        for file in self._files:
            with suppress(OSError):  # the action is committed, so a failure here must not be reported as its failure
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("r+b" if file.exists() else "wb", buffering=0) as handle:
                    handle.write(content)


def open_rollback_guard(file: Path, connection: Connection) -> RollbackGuard | None:
    """Return the guard of an open database; None before the office is created.

    Raises Fault `database_older` for a copy behind the mark or with an epoch that a restore has ended,
    `training_in_real_place`.
    """
    in_folder, in_profile = _folder_file(file), _profile_files(file)
    # The marks are read before the database because another program may append events meanwhile.
    marks = {place: _read_mark(place) for place in (in_folder, *in_profile)}
    state = connection.execute(_DATABASE_STATE).one()
    if state.epoch is None:
        return None
    training = state.training == "true"
    if training:
        _refuse_training_over_real(file, state.epoch)
    files = [in_folder] if training else [in_folder, *in_profile]
    events, ended = state.events or 0, set()
    for mark in filter(None, map(marks.get, files)):
        if state.epoch in mark.ended or (state.epoch == mark.epoch and events < mark.events):
            raise Fault("database_older", found=events, known=mark.events)
        ended |= {*mark.ended, mark.epoch} - {state.epoch}
    guard = RollbackGuard(files, HighWaterMark(state.epoch, events, tuple(sorted(ended))[-_MAX_ENDED_EPOCHS:]))
    guard.record(events)
    return guard


def _refuse_training_over_real(file: Path, epoch: str) -> None:
    """Raise Fault for a training database in a real office's folder.

    The code is `training_in_real_place`.
    A training database that was created in this folder is accepted.
    Any other was put in place of the real one, and the clerks would take it for theirs.
    """
    mark = _read_mark(_folder_file(file))
    created_here = mark is not None and epoch in (mark.epoch, *mark.ended)
    if not created_here and any(real is not None and real.events for real in map(_read_mark, _profile_files(file))):
        raise Fault("training_in_real_place")


def record_new_office(file: Path, epoch: str) -> None:
    """Write the mark of a new office, replacing any older mark."""
    RollbackGuard([_folder_file(file)], HighWaterMark(json.dumps(epoch), 0)).record(0)


def was_opened_before(file: Path, same_folder_only: bool = False) -> bool:
    """Return whether a database with events was opened under this path before.

    With `same_folder_only` only the mark in the folder is read.
    """
    marks = map(_read_mark, [_folder_file(file)] if same_folder_only else [_folder_file(file), *_profile_files(file)])
    return any(mark is not None and mark.events > 0 for mark in marks)


def _folder_file(file: Path) -> Path:
    return file.with_name(FILE_NAME)


def _profile_files(file: Path) -> list[Path]:
    """Return the file in the user's state folder, if the user has one.

    Its name depends on the path of the database, so that copies elsewhere have their own.
    """
    try:
        base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME") or Path.home() / ".local/state"
        name = hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:24]
    except (OSError, RuntimeError):
        return []
    return [Path(base) / "motcua" / f"{name}.seen"]


def _read_mark(file: Path) -> HighWaterMark | None:
    """Return the mark in a file; None for a missing or invalid file."""
    try:
        content: Any = json.loads(file.read_bytes())
        return HighWaterMark(str(content["epoch"]), int(content["events"]), tuple(map(str, content["ended"])))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
