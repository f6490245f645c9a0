"""An office backs itself up: one proved file in its folder, the same file in a second place and on a stick that is
there, old ones removed by rule. What fails in one place is told and hinders no other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.models.backups import backup_due, removable_backups
from app.models.errors import Fault, Refusal
from app.settings import MACHINE_FILE, MachineSettings, Office, read_machine_settings, write_machine_settings
from app.storage.backup_file import write_backup
from app.storage.backup_locations import (
    BACKUP_FOLDER,
    backup_name,
    backups_in,
    copy_backup,
    remove_backup,
    remove_unfinished,
    usb_backup_folders,
)
from app.storage.database import Database
from app.storage.error_mapping import map_errors_to_fault
from app.storage.integrity import latest_entry
from app.storage.uow import reading
from app.wording.refusals import error_sentence

_UNFINISHED_AFTER = timedelta(hours=6)


@dataclass(frozen=True)
class BackupTarget:
    """One place a backup was to go to: where, and why it did not, in Vietnamese; empty where it did."""

    folder: Path
    failure: str = ""


@dataclass(frozen=True)
class BackupRound:
    """One round of backups: the file in the office's folder (None where there was no need), its SHA-256, when it was
    made, how the other places fared, how many old ones went."""

    file: Path | None
    sha256: str
    at: datetime | None
    places: tuple[BackupTarget, ...] = ()
    removed: int = 0


class Backups:
    """The backups of an open office. `clock` tells the machine's hour, whatever hour a training office pretends;
    `check_allowed` raises Refusal where the person at work may not back up. What the program does by itself needs
    nobody."""

    def __init__(
        self,
        folder: Path,
        office: Office,
        database: Database,
        clock: Callable[[], datetime],
        check_allowed: Callable[[], object] = lambda: None,
    ) -> None:
        self.own_folder = folder / BACKUP_FOLDER
        self._folder = folder
        self._file_prefix = f"motcua-{office.agency_code}-{office.workstation:02d}"
        self._database = database
        self._clock = clock
        self._check_allowed = check_allowed

    def to(self, folder: Path | None = None) -> tuple[Path, str]:
        """One backup in the office's folder or another; its path and SHA-256.

        Raises Refusal `not_your_right`, Fault for the disk.
        """
        self._check_allowed()
        return self._write_backup(folder)

    def _write_backup(self, folder: Path | None = None) -> tuple[Path, str]:
        now = self._clock()
        target = (folder or self.own_folder) / backup_name(self._file_prefix, now)
        return target, write_backup(self._database, target, self._folder, now)

    def last(self) -> datetime | None:
        """When the newest backup in the office's folder was made."""
        return max(backups_in(self.own_folder, self._file_prefix), default=None)

    def run_if_due(self, at_end: bool = False) -> BackupRound:
        """A round of backups if one is due: an hour after the last, or at the end of work; never when nothing happened
        since the last.

        Raises Fault for the disk the office is on.
        """
        now, known = self._clock(), backups_in(self.own_folder, self._file_prefix)
        newest = max(known, default=None)
        with reading(self._database) as work:
            event = latest_entry(work)
        unchanged = newest is not None and (event is None or event < newest <= now)
        if unchanged or not (at_end or backup_due(known, now)):
            return BackupRound(None, "", newest)
        return self._run()

    def run_now(self) -> BackupRound:
        """A round of backups now.

        Raises Refusal `not_your_right`, Fault for the disk.
        """
        self._check_allowed()
        return self._run()

    def _run(self) -> BackupRound:
        remove_unfinished(self.own_folder, self._clock() - _UNFINISHED_AFTER)
        file, sha256 = self._write_backup()
        second = self.second()
        told = tuple(
            _copy_to_target(file, place, sha256)
            for place in ([Path(second)] if second else []) + [*usb_backup_folders()]
        )
        good = [self.own_folder, *(place.folder for place in told if not place.failure)]
        return BackupRound(
            file,
            sha256,
            max(backups_in(self.own_folder, self._file_prefix)),
            told,
            sum(map(self._remove_superseded, good)),
        )

    def second(self) -> str:
        """The second place for backups on this machine; empty for none."""
        return read_machine_settings(self._folder / MACHINE_FILE).second_backup

    def set_second_folder(self, folder: Path | None) -> None:
        """Another second place from now on, or none.

        Raises Refusal `not_your_right`, Fault for the disk.
        """
        self._check_allowed()
        with map_errors_to_fault():
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            write_machine_settings(
                self._folder / MACHINE_FILE, MachineSettings("" if folder is None else str(folder.absolute()))
            )

    def _remove_superseded(self, folder: Path) -> int:
        """Removes what the rule lets go, in a place where a good one has just been put; how many that were."""
        known = backups_in(folder, self._file_prefix)
        gone = removable_backups(known, self._clock())
        for stamp in gone:
            remove_backup(known[stamp])
        return len(gone)


def _copy_to_target(file: Path, folder: Path, sha256: str) -> BackupTarget:
    try:
        copy_backup(file, folder, sha256)
    except (Fault, Refusal) as error:
        return BackupTarget(folder, error_sentence(error))
    return BackupTarget(folder)
