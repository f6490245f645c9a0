"""What was last seen of an office's database, kept outside it: beside it, and for a real office in the user's profile
as well. A database that knows less than was seen is an older copy put back, and would give numbers a second time (S2).

The witness is written after the act is on the disk and never synced: after a power cut it may know less than the
database, never more."""

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
"""Bytes of the witness: one sector, so that it is written at once and never left half longer than it is."""
_MAX_ENDED_EPOCHS = 6
_DATABASE_STATE = text(
    "SELECT (SELECT value FROM setting WHERE name = 'epoch') AS epoch,"
    " (SELECT value FROM setting WHERE name = 'training') AS training, (SELECT max(id) FROM event) AS events"
)


@dataclass(frozen=True)
class HighWaterMark:
    """An epoch of a database (it begins a new one at every restore), its newest event, and epochs that ended before."""

    epoch: str
    events: int
    ended: tuple[str, ...] = ()


class RollbackGuard:
    """Where it is written down what was seen of one database."""

    def __init__(self, places: Sequence[Path], seen: HighWaterMark) -> None:
        self._places = places
        self._mark = seen

    def record(self, events: int) -> None:
        """This event is on the disk."""
        self._mark = HighWaterMark(self._mark.epoch, events, self._mark.ended)
        content = json.dumps(asdict(self._mark)).ljust(_WIDTH).encode()
        for place in self._places:
            with suppress(OSError):  # the act is done; a second line of defence must not turn it into a failure
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("r+b" if place.exists() else "wb", buffering=0) as file:
                    file.write(content)


def open_rollback_guard(file: Path, connection: Connection) -> RollbackGuard | None:
    """The witness of an open database, after the two were compared; None before the office is founded.

    Raises Fault `database_older` for a copy that knows less than was seen, or whose epoch a restore has ended,
    `training_in_real_place`.
    """
    beside, profile = _folder_file(file), _profile_files(file)
    before = {
        place: _read_mark(place) for place in (beside, *profile)
    }  # first: another program may be taking in meanwhile
    found = connection.execute(_DATABASE_STATE).one()
    if found.epoch is None:
        return None
    training = found.training == "true"
    if training:
        _refuse_training_over_real(file, found.epoch)
    places = [beside] if training else [beside, *profile]
    events, ended = found.events or 0, set()
    for seen in filter(None, map(before.get, places)):
        if found.epoch in seen.ended or (found.epoch == seen.epoch and events < seen.events):
            raise Fault("database_older", found=events, known=seen.events)
        ended |= {*seen.ended, seen.epoch} - {found.epoch}
    rollback_guard = RollbackGuard(
        places, HighWaterMark(found.epoch, events, tuple(sorted(ended))[-_MAX_ENDED_EPOCHS:])
    )
    rollback_guard.record(events)
    return rollback_guard


def _refuse_training_over_real(file: Path, epoch: str) -> None:
    """Where a real office took dossiers in, a training database that was not founded here is one put in its place: its
    clerks would believe they work in theirs."""
    beside = _read_mark(_folder_file(file))
    here_before = beside is not None and epoch in (beside.epoch, *beside.ended)
    if not here_before and any(seen is not None and seen.events for seen in map(_read_mark, _profile_files(file))):
        raise Fault("training_in_real_place")


def record_new_office(file: Path, epoch: str) -> None:
    """An office was founded here just now, whatever lay in this place before."""
    RollbackGuard([_folder_file(file)], HighWaterMark(json.dumps(epoch), 0)).record(0)


def was_opened_before(file: Path, same_folder_only: bool = False) -> bool:
    """Whether a database that took something in has lain here before; `beside` asks the witness in its folder alone."""
    known = map(_read_mark, [_folder_file(file)] if same_folder_only else [_folder_file(file), *_profile_files(file)])
    return any(seen is not None and seen.events > 0 for seen in known)


def _folder_file(file: Path) -> Path:
    return file.with_name(FILE_NAME)


def _profile_files(file: Path) -> list[Path]:
    """The folder of the user's own that programs keep their state in; by the database's place, so that copies for a
    training room do not meddle. None where a user has no home."""
    try:
        base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME") or Path.home() / ".local/state"
        name = hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:24]
    except (OSError, RuntimeError):
        return []
    return [Path(base) / "motcua" / f"{name}.seen"]


def _read_mark(place: Path) -> HighWaterMark | None:
    """What is written there; None for nothing, for half of it after a power cut, for what no witness
    ever wrote."""
    try:
        told: Any = json.loads(place.read_bytes())
        return HighWaterMark(str(told["epoch"]), int(told["events"]), tuple(map(str, told["ended"])))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
