"""What a user chooses: a folder, a file to write, settings of a machine."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.disk import read_start, save_file, write_file
from app.machine.drives import is_mirrored, is_network, is_too_long
from app.models.errors import Refusal
from app.settings import MACHINE_FILE, MachineSettings, read_machine_settings, write_machine_settings
from app.storage.error_mapping import map_errors_to_fault, naming_place
from app.storage.locks import await_lock

_MACHINE_LOCK = "machine.lock"


def refuse_unfit_folder(folder: Path) -> None:
    """Refuse a folder where a new office would not be safe.

    Raises Refusal `guide_folder_network` for a drive of another machine, `guide_folder_mirrored` for a folder that goes
    to the internet, `guide_folder_long` for a path beyond the limit of Windows.
    """
    path = folder.absolute()
    if is_network(path):
        raise Refusal("guide_folder_network", "folder", folder=str(path))
    if is_mirrored(path):
        raise Refusal("guide_folder_mirrored", "folder", folder=str(path))
    if is_too_long(path):
        raise Refusal("guide_folder_long", "folder", folder=str(path), length=len(str(path)))


def refuse_network(folder: Path) -> None:
    """Refuse to open an office on a drive of another machine.

    Raises Refusal `guide_folder_network`.
    """
    if is_network(folder.absolute()):
        raise Refusal("guide_folder_network", "folder", folder=str(folder))


def save_chosen_file(file: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file that the user chose.

    Its owner alone may read a `private` one. Raises Fault, which names the file.
    """
    with naming_place(file), map_errors_to_fault():
        write_file(file, content) if private else save_file(file, content)


def change_machine_settings(folder: Path, change: Callable[[MachineSettings], MachineSettings]) -> None:
    """Change some settings of this machine; the others stay.

    Programs on one folder take turns, so that none undoes the change of another. A file that cannot be read just now is
    not replaced. Raises Fault for the disk.
    """
    file = folder / MACHINE_FILE
    with map_errors_to_fault(), await_lock(folder / _MACHINE_LOCK):
        with suppress(FileNotFoundError):
            read_start(file, 1)
        write_machine_settings(file, change(read_machine_settings(file)))
