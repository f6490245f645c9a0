"""Folders that cannot hold a real office's data, by their drive or name."""

from pathlib import Path

from app.machine.drives import is_mirrored, is_network, is_too_long
from app.models.errors import Refusal


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
