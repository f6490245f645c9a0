"""Change the office file and the settings of this machine."""

from collections.abc import Callable, Mapping
from pathlib import Path

from app.disk import discard_file, read_start, replace_file, stage_file
from app.models.errors import Refusal
from app.services.office_file import OfficeValue, edited_office
from app.settings import FILE_NAME, Office
from app.storage.error_mapping import map_errors_to_fault

EDITABLE = (
    "name",
    "parent",
    "province",
    "place",
    "address",
    "phone",
    "centre",
    "slogan",
    "head",
    "signer",
    "due_time",
    "lookup_address",
    "bank_account",
    "tax_code",
)
"""Texts of the office file that the window changes, besides the hours."""
_MAX_BYTES = 1 << 20
"""More than `parse_office` accepts."""


def read_office_text(folder: Path) -> str:
    """Return the text of the office file.

    Raises Refusal `office_file_unreadable`, Fault for the disk.
    """
    with map_errors_to_fault():
        content = read_start(folder / FILE_NAME, _MAX_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("office_file_unreadable", None, key=FILE_NAME) from error


def read_edited(folder: Path, changes: Mapping[str, OfficeValue]) -> tuple[Office, str]:
    """Return the office and the file's text after changes; nothing is written.

    Raises Refusal `office_file_…`, Fault for the disk.
    """
    return edited_office(read_office_text(folder), changes)


def edit_office(folder: Path, changes: Mapping[str, OfficeValue], record: Callable[[Office], object]) -> Office:
    """Change lines of the office file; return the office.

    The new file is staged, the change recorded, and the file replaced.

    Raises Refusal `office_file_…`, `office_identity`, `not_your_right`, Fault for the disk.
    """
    office, text = read_edited(folder, changes)
    file = folder / FILE_NAME
    with map_errors_to_fault():
        staged = stage_file(file, text.encode())
        try:
            record(office)
            replace_file(staged, file)
        finally:
            discard_file(staged)
    return office
