"""Start of an update: back up, stage, copy the office, hand over."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.machine.program_folder import InstalledProgram, installed_program
from app.models.errors import Refusal
from app.models.instants import local
from app.office.update.first_opening import window_arguments
from app.office.update.installer_file import CheckedUpdate, check_update, read_update_key
from app.office.update.record import UpdateRecord, UpdateState, copy_office, end_update, write_record
from app.storage.error_mapping import map_errors_to_fault

if TYPE_CHECKING:
    from app.office.backup import BackupRound, Backups
    from app.storage.database import Database


@dataclass(frozen=True)
class PlannedUpdate:
    """An update that is staged and starts when the window has closed."""

    program: InstalledProgram
    version: str


def read_update(file: Path, resources: Path) -> CheckedUpdate:
    """Return the verified update in a file.

    Raises what `check_update` raises.
    """
    return check_update(file, installed_program(), read_update_key(resources))


def plan_update(update: CheckedUpdate, backups: "Backups") -> "tuple[PlannedUpdate, BackupRound]":
    """Back up everywhere, then stage the installer.

    Raises Refusal `not_your_right`, `update_not_installed`, Fault for the disk.
    """
    program = installed_program()
    if program is None:
        raise Refusal("update_not_installed", "file")
    backed_up = backups.run_now()
    with map_errors_to_fault():
        program.stage_update(update.content)
    return PlannedUpdate(program, update.version), backed_up


def begin_update(planned: PlannedUpdate, database: "Database", folder: Path, now: datetime) -> None:
    """Write the record, so that commands wait, and copy the office.

    Raises Fault for the disk.
    """
    stamp = f"{local(now):%Y%m%d-%H%M%S}"
    write_record(folder, UpdateRecord(planned.program.version, planned.version, UpdateState.INSTALLING, stamp))
    try:
        copy_office(database, folder)
    except BaseException:
        end_update(folder)
        raise


def hand_over(planned: PlannedUpdate, folder: Path, user: str) -> None:
    """Let the starter install the update once this process has ended.

    Raises Fault for the disk.
    """
    with map_errors_to_fault():
        planned.program.start_update(window_arguments(folder, user))
