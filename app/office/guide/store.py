"""Answers between two starts of the guide."""

from app.disk import make_folder, remove_file, write_file
from app.office.guide.answers import Answers, from_text, to_text
from app.office.guide.places import GuidePlaces
from app.storage.error_mapping import map_errors_to_fault, naming_place

_MAX_BYTES = 1 << 20


def load_answers(places: GuidePlaces) -> Answers:
    """Return the answers of an earlier start; empty ones without."""
    try:
        with places.answers.open("rb") as file:
            return from_text(file.read(_MAX_BYTES).decode("utf-8"))
    except (OSError, ValueError):
        return Answers()


def save_answers(places: GuidePlaces, answers: Answers) -> None:
    """Write the answers; a kill leaves the old ones or the new.

    Raises Fault for the disk.
    """
    with naming_place(places.state), map_errors_to_fault():
        make_folder(places.state)
        write_file(places.answers, to_text(answers).encode())


def forget_answers(places: GuidePlaces) -> None:
    """Remove the answers once the office is founded and its key is kept.

    Raises Fault for the disk.
    """
    with naming_place(places.state), map_errors_to_fault():
        if places.answers.exists():
            remove_file(places.answers)
