"""Backups of an office: one verified file, copied to further folders.

The file is written to the office's folder and copied to the second folder and to prepared USB drives. Old backups are
removed by rule. A failure in one folder is reported and does not affect the others.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from app.disk import make_folder, probe_file
from app.models.backups import backup_due, removable_backups
from app.models.errors import Fault, Refusal
from app.office.chosen_places import change_machine_settings
from app.services.key_register import identity_of
from app.settings import MACHINE_FILE, Office, read_machine_settings
from app.storage.database import Database
from app.storage.error_mapping import map_errors_to_fault, naming_place
from app.storage.files.backup_file import BackupSigner, write_backup
from app.storage.files.backup_locations import (
    BACKUP_FOLDER,
    backup_name,
    backups_in,
    copy_backup,
    mount_of,
    on_other_disk,
    refuse_absent_drive,
    remove_backup,
    remove_unfinished,
    usb_backup_folders,
)
from app.storage.integrity import latest_entry
from app.storage.uow import reading
from app.wording.refusals import error_sentence

BACKUP_PURPOSE = "backup"
"""Purpose of the signatures of backups."""
_UNFINISHED_AFTER = timedelta(hours=6)


@dataclass(frozen=True)
class BackupTarget:
    """A folder for a copy; `failure` in Vietnamese, empty if copied.

    `removed` counts its old backups that were removed.
    """

    folder: Path
    failure: str = ""
    removed: int = 0


@dataclass(frozen=True)
class BackupRound:
    """Result of a round of backups.

    `file` is in the office's folder; None if no backup was due. `at` is the time of the newest backup. `places` are
    the further folders, `removed` counts old backups.
    """

    file: Path | None
    sha256: str
    at: datetime | None
    places: tuple[BackupTarget, ...] = ()
    removed: int = 0


class Backups:
    """Backups of an open office.

    `clock` is the machine's clock, also in a training office with pretended time. `check_allowed` raises Refusal if
    the user may not back up; automatic backups need no permission.
    """

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

    def back_up_to(self, folder: Path | None = None) -> tuple[Path, str]:
        """Write one backup to a folder, by default the office's own.

        Returns its path and SHA-256.

        Raises Refusal `not_your_right`, `backup_disk_absent`, Fault for the disk.
        """
        self._check_allowed()
        if folder is None:
            return self._write_backup(folder)
        with naming_place(folder):
            refuse_absent_drive(folder)
            return self._write_backup(folder)

    def _write_backup(self, folder: Path | None = None) -> tuple[Path, str]:
        now = self._clock()
        target = (folder or self.own_folder) / backup_name(self._file_prefix, now)
        for place in (target.parent, self._folder):
            remove_unfinished(place, now - _UNFINISHED_AFTER)
        return target, write_backup(self._database, target, self._folder, now, self._signer())

    def _signer(self) -> BackupSigner | None:
        with reading(self._database) as work:
            identity = identity_of(work)
        return None if identity is None else BackupSigner(identity.public, partial(identity.sign, BACKUP_PURPOSE))

    def last(self) -> datetime | None:
        """Return the time of the newest backup in the office's folder."""
        return max(backups_in(self.own_folder, self._file_prefix), default=None)

    def run_if_due(self, at_end: bool = False) -> BackupRound:
        """Run a round of backups if one is due.

        It is due an hour after the last one and at the end of work, but never without a new event.

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
        """Run a round of backups now.

        Raises Refusal `not_your_right`, Fault for the disk.
        """
        self._check_allowed()
        return self._run()

    def _run(self) -> BackupRound:
        file, sha256 = self._write_backup()
        targets = (
            *self._copy_to_second(file, sha256),
            *(self._copy_to_target(file, folder, sha256) for folder in usb_backup_folders()),
        )
        return BackupRound(
            file=file,
            sha256=sha256,
            at=max(backups_in(self.own_folder, self._file_prefix)),
            places=targets,
            removed=self._remove_superseded(self.own_folder) + sum(target.removed for target in targets),
        )

    def _copy_to_second(self, file: Path, sha256: str) -> tuple[BackupTarget, ...]:
        """Copy to the second folder.

        A folder chosen on another disk that is now on the office's own disk is an empty mount point. So is one whose
        disk is not mounted where it was, because the folder may be on the system's disk.
        """
        machine = read_machine_settings(self._folder / MACHINE_FILE)
        if not machine.second_backup:
            return ()
        folder = Path(machine.second_backup)
        try:
            with naming_place(folder):
                is_elsewhere = machine.second_other_disk and not on_other_disk(folder, self._folder)
                if is_elsewhere or (machine.second_mount and mount_of(folder) != machine.second_mount):
                    raise Refusal("backup_disk_absent", "folder", folder=str(folder))
        except (Fault, Refusal) as error:
            return (BackupTarget(folder, error_sentence(error)),)
        return (self._copy_to_target(file, folder, sha256),)

    def _copy_to_target(self, file: Path, folder: Path, sha256: str) -> BackupTarget:
        try:
            with naming_place(folder):
                copy_backup(file, folder, sha256)
                return BackupTarget(folder, removed=self._remove_superseded(folder))
        except (Fault, Refusal) as error:
            return BackupTarget(folder, error_sentence(error))

    def second_folder(self) -> str:
        """Return the second folder for backups; empty for none."""
        return read_machine_settings(self._folder / MACHINE_FILE).second_backup

    def set_second_folder(self, folder: Path | None) -> None:
        """Set the second folder for backups, or remove it.

        Raises Refusal `not_your_right`, `backup_disk_absent`, Fault for the disk.
        """
        self._check_allowed()
        if folder is not None:
            with naming_place(folder), map_errors_to_fault():
                refuse_absent_drive(folder)
                make_folder(folder)
                probe_file(folder / BACKUP_FOLDER)
        with map_errors_to_fault():
            second = "" if folder is None else str(folder.absolute())
            other_disk = folder is not None and on_other_disk(folder, self._folder)
            mount = mount_of(folder) if folder is not None and other_disk else ""
        change_machine_settings(
            self._folder,
            lambda machine: replace(machine, second_backup=second, second_other_disk=other_disk, second_mount=mount),
        )

    def _remove_superseded(self, folder: Path) -> int:
        """Remove old backups by rule; return how many.

        The folder has just received a new backup.
        """
        known = backups_in(folder, self._file_prefix)
        removable = removable_backups(known, self._clock())
        for stamp in removable:
            remove_backup(known[stamp])
        return len(removable)
