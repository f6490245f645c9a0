"""Read the office file and map its errors to refusals and faults."""

from collections.abc import Callable, Container, Mapping, MutableMapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.models.errors import Fault, Message, Refusal
from app.models.text import has_unseen_letters
from app.resource_files import shipped_form_sets
from app.settings import Office, OfficeFileError, parse_office, read_office
from app.wording.program.office_lines import office_line_example
from app.wording.refusals import error_sentence
from app.wording.warnings import warning_line

OfficeValue = str | Mapping[str, Sequence[str]]
"""New value of a line of the office file; of `hours`, the spans by weekday."""


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


def edited_office(text: str, changes: Mapping[str, OfficeValue]) -> tuple[Office, str]:
    """Return the office and the text of an office file after changes.

    Comments, order and lines that are not changed stay as they are. An empty value removes its line. `hours` has the
    spans of each weekday. Lines that the program does not use are no obstacle, but a changed one must be correct.

    Raises Refusal `office_file_…` naming the key to correct.
    """
    from tomlkit import parse  # loaded here, because nothing else needs it
    from tomlkit.exceptions import TOMLKitError

    try:
        before, document = parse_office(text, opening=True), parse(text)
        for key, value in changes.items():
            _change_line(document, key, value, getattr(before, key))
        edited = document.as_string()
        office = parse_office(edited, opening=True)
    except OfficeFileError as error:
        raise _unusable(error) from error
    except TOMLKitError as error:
        raise Refusal("office_file_not_toml", None, key="…") from error
    for line in office.ignored:
        if line.problem == "wrong" and line.key.partition(".")[0] in changes:
            raise _unusable(OfficeFileError("wrong", line.key))
    _refuse_unseen_letters(office)
    return office, edited


def _change_line(document: MutableMapping[str, Any], key: str, value: OfficeValue, before: object) -> None:
    if isinstance(value, Mapping):
        hours = document.setdefault(key, {})
        for day, spans in value.items():
            if list(spans) != list(hours.get(day, ())):
                hours[day] = list(spans)
    elif not value:
        document.pop(key, None)
    elif value != before:
        document[key] = value


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
    return Refusal(f"office_file_{error.problem}", field, key=error.key, example=office_line_example(error.key))
