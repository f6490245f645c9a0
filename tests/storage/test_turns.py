"""Units of work of the window go before those of commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.models.errors import Fault
from app.services.context import Context
from app.storage.locks import hold_lock, take_turn
from app.storage.uow import Writing
from tests.support.offices import Desk


@contextmanager
def turn_is_taken(folder: Path, taken: bool) -> Iterator[None]:
    """Check whether the turn is taken, within the block."""
    if taken:
        with pytest.raises(Fault), hold_lock(folder / "turn.lock"):
            pass
    else:
        with hold_lock(folder / "turn.lock"):
            pass
    yield


def test_window_holds_the_turn_and_a_command_only_waits_for_it(tmp_path: Path) -> None:
    with take_turn(tmp_path, first=True), turn_is_taken(tmp_path, True):
        pass
    with take_turn(tmp_path, first=False), turn_is_taken(tmp_path, False):
        pass


@pytest.mark.parametrize(("place", "taken"), [("window", True), ("command", False)])
def test_session_takes_the_turn_of_its_place(desk: Desk, place: str, taken: bool) -> None:
    def look(command: None, context: Context, work: Writing) -> None:
        with turn_is_taken(desk.folder, taken):
            pass

    before, desk.office._place = desk.office._place, place
    try:
        desk.office.write(look, None)
    finally:
        desk.office._place = before


def test_missing_folder_needs_no_turn(tmp_path: Path) -> None:
    with take_turn(tmp_path / "none", first=True):
        assert not (tmp_path / "none").exists()
