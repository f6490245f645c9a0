"""The office file as the program takes it: what is wrong with it is said as the office says it."""

from pathlib import Path

from app.models.errors import Fault, Refusal
from app.settings import Office, OfficeFileError, parse_office, read_office
from app.wording.refusals import error_sentence


def office_of_text(text: str) -> Office:
    """The office of a text that is to become one's file.

    Raises Refusal naming the key to mend.
    """
    try:
        return parse_office(text)
    except OfficeFileError as error:
        raise _unusable(error) from error


def office_of_file(file: Path) -> Office:
    """The office of the file in its folder.

    Raises Fault `office_file_lost` with the reason.
    """
    try:
        return read_office(file)
    except OfficeFileError as error:
        raise Fault("office_file_lost", reason=error_sentence(_unusable(error))) from error


def _unusable(error: OfficeFileError) -> Refusal:
    """What is wrong with an office file, and in which key where it is in one."""
    field = error.key if error.problem in ("missing", "wrong", "unknown") else None
    return Refusal(f"office_file_{error.problem}", field, key=error.key)
