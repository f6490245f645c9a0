"""Read the office file and map its errors to refusals and faults."""

from collections.abc import Callable, Container
from dataclasses import asdict
from pathlib import Path

from app.models.errors import Fault, Message, Refusal
from app.models.text import has_unseen_letters
from app.printing.form_files import shipped_form_sets
from app.settings import Office, OfficeFileError, parse_office, read_office
from app.wording.refusals import error_sentence
from app.wording.warnings import warning_line


def office_of_text(text: str) -> Office:
    """Return the office of the text of a new office file.

    Raises Refusal `office_file_…` naming the key to correct.
    """
    try:
        office = parse_office(text)
    except OfficeFileError as error:
        raise _unusable(error) from error
    _refuse_unseen_letters(office)
    return office


def ignored_lines(office: Office, form_sets: Callable[[], Container[str]] = shipped_form_sets) -> tuple[str, ...]:
    """Return one sentence for each line of the office file not used.

    `form_sets` returns the sets of the office; it is called only if the program has not shipped the one of the file.
    """
    lines = [Message(f"office_line_{line.problem}", {"key": line.key}) for line in office.ignored]
    if office.form_set not in shipped_form_sets() and office.form_set not in form_sets():
        lines.append(Message("office_line_form_set", {"key": office.form_set}))
    return tuple(warning_line(line) for line in lines)


def office_of_file(file: Path) -> Office:
    """Return the office of an office file.

    Raises Fault `office_file_lost` with the reason.
    """
    try:
        return read_office(file)
    except OfficeFileError as error:
        raise Fault("office_file_lost", reason=error_sentence(_unusable(error))) from error


def _refuse_unseen_letters(office: Office) -> None:
    """Refuse a text with characters that cannot be seen.

    Raises Refusal `office_file_unseen`.
    """
    for key, value in asdict(office).items():
        if isinstance(value, str) and has_unseen_letters(value):
            raise _unusable(OfficeFileError("unseen", key))


def _unusable(error: OfficeFileError) -> Refusal:
    field = error.key if error.problem in ("missing", "wrong", "unseen") else None
    return Refusal(f"office_file_{error.problem}", field, key=error.key)
