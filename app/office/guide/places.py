"""Folders of the guide and the order in which data are found again.

The order is: a folder that was named (`--data`, `MOTCUA_DATA`), the folder in the guide's pointer, the folder shared by
all accounts of the PC if it holds an office, the folder that the system assigns to the user.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from app.disk import make_folder, probe_file, read_start, remove_file, write_file
from app.models.errors import Refusal
from app.office.chosen_places import refuse_unfit_folder
from app.storage.database import FILE_NAME, has_remains
from app.storage.error_mapping import map_errors_to_fault, naming_place
from app.storage.rollback_guard import was_opened_before

POINTER_FILE, ANSWERS_FILE = "folder.txt", "guide.json"
_MAX_POINTER, _MAX_ANSWERS = 16_000, 1 << 20
"""Bytes; a longer file is not one of the guide's."""


@dataclass(frozen=True)
class GuidePlaces:
    """Folders that the guide uses.

    `state` has pointer and answers. `default` is the folder of this account, `shared` that of all accounts of the PC,
    None where the system has none. `proposed` is a folder that the user named at the start.
    """

    state: Path
    default: Path
    shared: Path | None = None
    proposed: Path | None = None

    @property
    def pointer(self) -> Path:
        """File with the data folder that the user chose."""
        return self.state / POINTER_FILE

    @property
    def answers(self) -> Path:
        """File with the answers."""
        return self.state / ANSWERS_FILE

    @property
    def trial(self) -> Path:
        """Folder of the throw-away office that serves test pages."""
        return self.state / "thu-may"

    @property
    def demo(self) -> Path:
        """Folder of the demonstration office."""
        return self.default.with_name(f"{self.default.name}-xem-thu")

    def folder_for(self, shared: bool, typed: str = "") -> Path:
        """Return the data folder of an answer."""
        if typed.strip():
            return Path(typed.strip())
        return self.shared if shared and self.shared is not None else self.proposed or self.default


def find_data_folder(places: GuidePlaces) -> Path:
    """Return the data folder of a start that names none."""
    pointed = read_pointer(places)
    if pointed is not None:
        return pointed
    if places.shared is not None and holds_office(places.shared):
        return places.shared
    return places.default


def read_pointer(places: GuidePlaces) -> Path | None:
    """Return the folder that the pointer names; None without a usable one."""
    try:
        text = read_start(places.pointer, _MAX_POINTER).decode("utf-8-sig").strip()
    except (OSError, ValueError):
        return None
    return Path(text) if text and "\0" not in text and Path(text).is_absolute() else None


def write_pointer(places: GuidePlaces, folder: Path) -> None:
    """Let later starts find the data folder.

    A folder that is found without a pointer needs none.

    Raises Fault for the disk.
    """
    with naming_place(places.state), map_errors_to_fault():
        if places.pointer.exists():
            remove_file(places.pointer)
        if find_data_folder(places) != folder:
            make_folder(places.state)
            write_file(places.pointer, f"{folder}\n".encode())


def holds_office(folder: Path) -> bool:
    """Return whether a folder has an office's database."""
    return os.path.isfile(folder / FILE_NAME)


def needs_guide(places: GuidePlaces, folder: Path) -> bool:
    """Return whether a start shows the guide instead of an office.

    It does without an office, and where a founding was cut before its recovery page was kept. A folder that has lost
    the database of its office gets no guide, because a new office would issue its numbers again: one with other files
    of an office, or one whose database was opened before as one of the two marks shows.
    """
    begun = founding_folder(places) == folder
    if holds_office(folder):
        return begun
    return not was_opened_before(folder / FILE_NAME) and (begun or not has_remains(folder))


def founding_folder(places: GuidePlaces) -> Path | None:
    """Return the folder in which the guide has begun to found an office."""
    try:
        text = read_start(places.answers, _MAX_ANSWERS).decode("utf-8")
        begun = json.loads(text).get("founding_in") if text.startswith("{") else ""
    except (OSError, ValueError, RecursionError):
        return None
    return Path(begun) if isinstance(begun, str) and begun else None


def check_data_folder(folder: Path) -> None:
    """Check that a new office can be kept in a folder.

    Raises Refusal `guide_folder_relative`, `guide_folder_used` for another office's folder, `guide_folder_unwritable`,
    or like `refuse_unfit_folder`.
    """
    if not folder.is_absolute():
        raise Refusal("guide_folder_relative", "folder", folder=str(folder))
    refuse_unfit_folder(folder)
    if holds_office(folder):
        raise Refusal("guide_folder_used", "folder", folder=str(folder))
    _check_writable(folder, "folder")


def check_backup_folder(folder: Path, data: Path) -> None:
    """Check a second place of backups.

    Raises Refusal `guide_backup_missing`, `guide_backup_inside`, `guide_folder_unwritable`.
    """
    if not (folder.is_absolute() and os.path.isdir(folder)):
        raise Refusal("guide_backup_missing", "second_backup", folder=str(folder))
    if folder.resolve().is_relative_to(data.resolve()):
        raise Refusal("guide_backup_inside", "second_backup", folder=str(folder))
    _check_writable(folder, "second_backup")


def check_existing_office(folder: Path) -> None:
    """Check a folder that the user takes for an office's.

    Raises Refusal `guide_folder_empty`, or like `refuse_unfit_folder`.
    """
    if not holds_office(folder):
        raise Refusal("guide_folder_empty", "folder", folder=str(folder))
    refuse_unfit_folder(folder)


def _check_writable(folder: Path, field: str) -> None:
    """Try the nearest existing parent; nothing is left on the disk."""
    try:
        existing = next(parent for parent in (folder, *folder.parents) if os.path.lexists(parent))
        probe_file(existing / ".motcua-thu")
    except (OSError, ValueError, StopIteration):
        raise Refusal("guide_folder_unwritable", field, folder=str(folder)) from None
