"""Detect an older or exchanged database by a mark stored outside it.

The high-water mark is stored in the database's folder and, for a real office, in the user's profile, outside every
data folder: a folder that is put back as a whole brings its own mark with it.
A database with fewer events than the mark would issue numbers a second time (SCENARIOS S2).
The mark of a real office has an HMAC under a key from its database, over epoch, newest event, that event's hash and the
ended epochs, so that a database of someone else's making does not fit it.
The mark is written after the commit and is not synced.
After a power cut it may be behind the database, but never ahead of it.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from app.disk import discard_file, is_own_file, make_folder, read_start
from app.machine.folders import former_seen_folder, seen_folder
from app.models.errors import Fault

FILE_NAME = "motcua.seen"
_WIDTH = 512
"""Size of the file in bytes: one sector, so that it is written at once."""
_MAX_BYTES = 1 << 16
"""A longer file is not a mark."""
_MAX_ENDED_EPOCHS = 6
_HASH_LENGTH = 16
_DATABASE_STATE = text(
    "SELECT (SELECT value FROM setting WHERE name = 'epoch') AS epoch,"
    " (SELECT value FROM setting WHERE name = 'training') AS training, (SELECT max(id) FROM event) AS events,"
    " (SELECT value FROM setting WHERE name = 'office_key') AS office_key"
)
_EVENT_HASH = text("SELECT hash FROM event WHERE id = :of")
_WITNESS_LENGTH = 32


class HighWaterMark(NamedTuple):
    """Epoch of a database, its newest event and the ended epochs.

    `hash` is the beginning of that event's hash, `witness` the HMAC; both are empty in a training office and in a mark
    of a release before them.
    """

    epoch: str
    events: int
    ended: tuple[str, ...] = ()
    hash: str = ""
    witness: str = ""

    def to_bytes(self) -> bytes:
        """Return the content of the file."""
        values: dict[str, Any] = {"epoch": self.epoch, "events": self.events, "ended": self.ended}
        if self.witness:
            values |= {"hash": self.hash, "witness": self.witness}
        return json.dumps(values).ljust(_WIDTH).encode()

    def witness_under(self, office_key: bytes) -> str:
        """Return the HMAC of the other fields under a key of the database."""
        covered = json.dumps([self.epoch, self.events, list(self.ended), self.hash]).encode()
        return hmac.new(office_key, b"motcua witness" + covered, hashlib.sha256).hexdigest()[:_WITNESS_LENGTH]

    def witnessed(self, office_key: bytes) -> "HighWaterMark":
        """Return the mark with its HMAC."""
        return self._replace(witness=self.witness_under(office_key))


class RollbackGuard:
    """Writer of the high-water mark of an open database.

    `office_key` is the key of the HMAC, None in a training office.
    """

    def __init__(self, files: Sequence[Path], mark: HighWaterMark, office_key: bytes | None = None) -> None:
        self._files = files
        self._mark = mark
        self._office_key = office_key

    def record(self, events: int, digest: str) -> None:
        """Raise the mark to an event that was committed."""
        self._mark = HighWaterMark(self._mark.epoch, events, self._mark.ended)
        if self._office_key is not None:
            self._mark = self._mark._replace(hash=digest[:_HASH_LENGTH]).witnessed(self._office_key)
        content = self._mark.to_bytes()
        for file in self._files:
            with suppress(OSError):  # the action is committed, so a failure here must not be reported as its failure
                make_folder(file.parent)
                with file.open("r+b" if is_own_file(file) else "xb", buffering=0) as handle:
                    handle.write(content)


def open_rollback_guard(file: Path, connection: Connection) -> RollbackGuard | None:
    """Return the guard of an open database; None before the office is created.

    Raises Fault `database_older` for a copy behind the mark or with an epoch that a restore has ended,
    `database_exchanged` for a database that the mark's office did not write, `training_in_real_place`.
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
    written = [in_folder] if training else [in_folder, *in_profile[:1]]
    office_key = None if training or state.office_key is None else bytes.fromhex(json.loads(state.office_key))
    events, ended = state.events or 0, set()
    for mark in filter(None, map(marks.get, files)):
        if not training:
            _refuse_exchanged(mark, state.epoch, office_key, connection)
        if state.epoch in mark.ended or (state.epoch == mark.epoch and events < mark.events):
            raise Fault("database_older", found=events, known=mark.events)
        ended |= {*mark.ended, mark.epoch} - {state.epoch}
    mark = HighWaterMark(state.epoch, events, tuple(sorted(ended))[-_MAX_ENDED_EPOCHS:])
    guard = RollbackGuard(written, mark, office_key)
    guard.record(events, _hash_of(events, connection))
    _remove_former(files, written)
    return guard


def _remove_former(files: Sequence[Path], written: Sequence[Path]) -> None:
    """Remove the mark of a former release once the present one is in place."""
    if all(map(_read_mark, written)):
        for former in files[len(written) :]:
            with suppress(OSError):  # it is read once more at the next start
                discard_file(former)


def _refuse_exchanged(mark: HighWaterMark, epoch: str, office_key: bytes | None, connection: Connection) -> None:
    """Refuse a database that does not fit a witnessed mark.

    Raises Fault `database_exchanged`. A mark without a witness is of an earlier release or of a training office.
    """
    if not mark.witness:
        return
    if office_key is None or not hmac.compare_digest(mark.witness_under(office_key).encode(), mark.witness.encode()):
        raise Fault("database_exchanged")
    digest = _hash_of(mark.events, connection)
    if epoch == mark.epoch and mark.events and digest and digest[:_HASH_LENGTH] != mark.hash:
        raise Fault("database_exchanged")


def _hash_of(event: int, connection: Connection) -> str:
    return str(connection.execute(_EVENT_HASH.bindparams(of=event)).scalar() or "")


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
    """Write the mark of a new training office, replacing any older mark."""
    RollbackGuard([_folder_file(file)], HighWaterMark(json.dumps(epoch), 0)).record(0, "")


def forget_other_office(file: Path, office_key: bytes) -> None:
    """Remove the marks of another office, whose database is replaced.

    Raises OSError.
    """
    for place in (_folder_file(file), *_profile_files(file)):
        mark = _read_mark(place)
        if mark is not None and mark.witness and mark.witness != mark.witness_under(office_key):
            discard_file(place)


def is_witnessed(file: Path) -> bool:
    """Return whether a database with the proofs of its office was here."""
    marks = map(_read_mark, [_folder_file(file), *_profile_files(file)])
    return any(mark is not None and mark.witness for mark in marks)


def was_opened_before(file: Path, same_folder_only: bool = False) -> bool:
    """Return whether a database with events was opened under this path before.

    With `same_folder_only` only the mark in the folder is read.
    """
    marks = map(_read_mark, [_folder_file(file)] if same_folder_only else [_folder_file(file), *_profile_files(file)])
    return any(mark is not None and mark.events > 0 for mark in marks)


def mark_files(file: Path) -> tuple[Path, ...]:
    """Return where the marks of a database are: its folder, the profile."""
    return (_folder_file(file), *_profile_files(file)[:1])


def _folder_file(file: Path) -> Path:
    return file.with_name(FILE_NAME)


def _profile_files(file: Path) -> list[Path]:
    """Return the file in the user's profile, then that of former releases.

    Their name depends on the path of the database, so that copies elsewhere have their own. A user without a home has
    none.
    """
    try:
        name = hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:24]
        folders = filter(None, (seen_folder(), former_seen_folder()))
        return [folder / f"{name}.seen" for folder in folders]
    except (OSError, RuntimeError):
        return []


def _read_mark(file: Path) -> HighWaterMark | None:
    """Return the mark in a file; None for a missing or invalid file."""
    try:
        content: Any = json.loads(read_start(file, _MAX_BYTES))
        if not str(content.get("witness", "")).isascii():
            return None
        return HighWaterMark(
            str(content["epoch"]),
            int(content["events"]),
            tuple(map(str, content["ended"])),
            str(content.get("hash", "")),
            str(content.get("witness", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
