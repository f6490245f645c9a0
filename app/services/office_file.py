"""Read the office file and map its errors to refusals and faults."""

from pathlib import Path

from app.models.errors import Fault, Refusal
from app.settings import Office, OfficeFileError, parse_office, read_office
from app.wording.refusals import error_sentence


def office_of_text(text: str) -> Office:
    """Return the office of the text of a new office file.

    Raises Refusal `office_file_…` naming the key to correct.
    """
    try:
        return parse_office(text)
    except OfficeFileError as error:
        raise _unusable(error) from error


def office_of_file(file: Path) -> Office:
    """Return the office of an office file.

    Raises Fault `office_file_lost` with the reason.
    """
    try:
        return read_office(file)
    except OfficeFileError as error:
        raise Fault("office_file_lost", reason=error_sentence(_unusable(error))) from error


def _unusable(error: OfficeFileError) -> Refusal:
    field = error.key if error.problem in ("missing", "wrong", "unknown") else None
    return Refusal(f"office_file_{error.problem}", field, key=error.key)
