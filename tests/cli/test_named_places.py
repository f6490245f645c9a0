"""A place that fails is named in the sentence; the rest stays as it was.

So is a file that another program holds: a virus scanner for a moment, a spreadsheet for hours.
"""

import errno
import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app import disk
from app.models.errors import Fault
from app.office.guide.answers import Answers
from app.office.guide.places import write_pointer
from app.office.guide.store import save_answers
from app.wording.refusals import error_sentence
from tests.cli.conftest import Call, CliResult
from tests.cli.writing_verbs import ELSEWHERE, READ, VERBS, output_options, write_inputs
from tests.faults.disks import MountDisk, denied, fill, pulled_out_while_writing, remount
from tests.office.guide.guide_places import places_in
from tests.support.offices import Desk, intake_line

RECORDS_OF_TRIES = frozenset(("print", "form_content", "access", "bundle"))
"""Tables that record a failed print, that personal data was asked for, and a file to send that `--again` writes."""
RECORDS_OF_NUMBERS = frozenset(
    ("blank", "counter", "event", "outbox", "counter_refusal", "frozen_report", "ticket", "ticket_act")
)
"""Tables of numbers that were issued before the place failed, and are on record as unused."""

SHARING_VIOLATION = 32
MOMENT, FOR_HOURS = 3, 10**6


@contextmanager
def absent(place: Path, _mount_disk: MountDisk) -> Iterator[Path]:
    yield place / "chưa cắm" / "nữa"


@contextmanager
def a_file(place: Path, _mount_disk: MountDisk) -> Iterator[Path]:
    (place / "tệp").write_text("x", encoding="utf-8")
    yield place / "tệp"


@contextmanager
def a_loop(place: Path, _mount_disk: MountDisk) -> Iterator[Path]:
    os.symlink(place / "vòng", place / "vòng")
    yield place / "vòng"


@contextmanager
def a_lost_link(place: Path, _mount_disk: MountDisk) -> Iterator[Path]:
    os.symlink(place / "không có", place / "liên kết")
    yield place / "liên kết"


@contextmanager
def read_only(_place: Path, mount_disk: MountDisk) -> Iterator[Path]:
    disk = mount_disk("1m")
    remount(disk, "ro")
    yield disk


@contextmanager
def full(_place: Path, mount_disk: MountDisk) -> Iterator[Path]:
    disk = mount_disk("1m")
    fill(disk)
    yield disk


@contextmanager
def without_access(place: Path, _mount_disk: MountDisk) -> Iterator[Path]:
    with denied(place):
        yield place


State = Callable[[Path, MountDisk], AbstractContextManager[Path]]
LINUX_STATES: tuple[State, ...] = (a_loop, a_lost_link, read_only, full, without_access)
STATES = (absent, a_file, *(pytest.param(state, marks=pytest.mark.posix) for state in LINUX_STATES))


def call_verb(call_json: Call, desk: Desk, words: tuple[str, ...], folder: Path, inputs: Path) -> CliResult:
    """Call a verb that writes into a folder."""
    code, ticket = "H29.12-260209-0001", "1"
    return call_json(*(word.format(folder=folder, code=code, ticket=ticket, inputs=inputs) for word in words))


@pytest.fixture
def inputs(desk: Desk, call_json: Call, tmp_path: Path) -> Path:
    """Files that the calls read, in an office with a dossier and a ticket."""
    desk.take_in()
    assert call_json("queue", "take").status == 0
    return write_inputs(tmp_path / "đầu vào")


def ended(result: CliResult) -> bool:
    """Return whether a call was refused, or its slip is recorded."""
    return result.status in (1, 3) or "Phiếu đã lưu" in result.err


def sentence_of(result: CliResult) -> str:
    """Return the refusal, or the warning of a call that ended."""
    refused = result.one.get("refused", {}) if result.out else {}
    return " ".join((refused.get("message") or result.err).split())


def test_every_option_that_names_a_place_is_known() -> None:
    """A new option of the parser fails here until its call is in the table."""
    known = {name.replace(" --national", "").replace(" --freeze", "") for name in (*VERBS, *ELSEWHERE)}
    known = {name for name in known if not name.startswith("print ") or name == "print --out"}
    assert known - {"backup --second"} == output_options() and not READ & known


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_sentence_names_the_place_that_failed(
    state: State, desk: Desk, call_json: Call, tmp_path: Path, mount_disk: MountDisk, inputs: Path
) -> None:
    place = tmp_path / "nơi"
    place.mkdir()
    before = desk.contents()
    faults: list[Any] = []
    with state(place, mount_disk) as folder:
        for verb, words in VERBS.items():
            if verb.startswith("backup --") and verb != "backup --guide" and state is absent:
                continue  # a new folder of this disk is made
            if verb == "backup --second" and state is full:  # each backup reports it
                continue
            result = call_verb(call_json, desk, words, folder, inputs)
            sentence = sentence_of(result)
            if not ended(result) or folder.name not in sentence or "thư mục dữ liệu" in sentence:
                faults.append((verb, result.status, sentence))
    assert faults == []
    changed = {name for name, rows in desk.contents().items() if rows != before[name]}
    assert changed <= (RECORDS_OF_TRIES | RECORDS_OF_NUMBERS if state is full else RECORDS_OF_TRIES)


@pytest.mark.posix
def test_sentence_names_the_place_pulled_out_while_writing(
    desk: Desk, call_json: Call, mount_disk: MountDisk, inputs: Path
) -> None:
    faults: list[Any] = []
    before = desk.contents()
    for verb, words in VERBS.items():
        if verb == "backup --second":  # it writes no file there
            continue
        folder = mount_disk("8m")
        with pulled_out_while_writing(folder):
            result = call_verb(call_json, desk, words, folder, inputs)
        sentence = sentence_of(result)
        if not ended(result) or folder.name not in sentence or "thư mục dữ liệu" in sentence:
            faults.append((verb, result.status, sentence))
        assert not any(folder.iterdir()), f"{verb} wrote to the disk below"
    assert faults == []
    after = desk.contents()
    assert {name for name, rows in after.items() if rows != before[name]} <= RECORDS_OF_TRIES | RECORDS_OF_NUMBERS
    assert desk.check().ok


@pytest.mark.posix
@pytest.mark.parametrize("state", ["read-only", "full", "pulled out"])
def test_sentence_names_the_data_folder_that_failed(
    state: str, call: Call, tmp_path: Path, mount_disk: MountDisk, office_templates: dict[bool, Path]
) -> None:
    disk = mount_disk("32m")
    folder = Path(shutil.copytree(office_templates[True], disk / "dữ liệu của xã"))
    lines = tmp_path / "lines.jsonl"
    lines.write_text(f"{json.dumps(intake_line())}\n" * 400, encoding="utf-8")
    if state == "read-only":
        remount(disk, "ro")
    elif state == "full":
        fill(disk)
    else:
        subprocess.run(["umount", str(disk)], check=True)
    result = call("--data", folder, "--json", "--now", "2026-02-09T10:00", "intake", lines)
    assert result.status == 3 and folder.name in result.lines[-1]["refused"]["message"]


@pytest.mark.parametrize("state", STATES[1:], ids=lambda state: state.__name__)
def test_sentence_names_the_state_folder_that_failed(state: State, tmp_path: Path, mount_disk: MountDisk) -> None:
    place = tmp_path / "nơi"
    place.mkdir()
    with state(place, mount_disk) as folder:
        places = replace(places_in(tmp_path), state=folder / "motcua-office")
        for attempt in (partial(save_answers, places, Answers()), partial(write_pointer, places, tmp_path / "khác")):
            with pytest.raises(Fault) as fault:
                attempt()
            assert f"«{folder}" in error_sentence(fault.value)


class Holder:
    """Program that holds each file of a folder against renaming.

    It does so a number of times. For a moment it also holds each against removing.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, times: int) -> None:
        self._folder, self._times = folder, times
        self.refusals: Counter[str] = Counter()
        monkeypatch.setattr(disk.time, "sleep", lambda _seconds: None)
        self._install(monkeypatch, "replace")
        if times == MOMENT:
            self._install(monkeypatch, "unlink")

    def _install(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        function: Callable[..., Any] = getattr(os, name)

        def held(path: Any, *targets: Any, **options: Any) -> Any:
            held_path = Path(targets[0] if targets else path)
            if held_path.is_relative_to(self._folder) and self.refusals[f"{name} {held_path}"] < self._times:
                self.refusals[f"{name} {held_path}"] += 1
                error = PermissionError(errno.EACCES, "held", str(path), None, *map(str, targets))
                error.winerror = SHARING_VIOLATION
                raise error
            return function(path, *targets, **options)

        monkeypatch.setattr(os, name, held)


def contents_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_file_held_for_a_moment_is_written(
    desk: Desk, call_json: Call, tmp_path: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[Any] = []
    for number, (verb, words) in enumerate(VERBS.items()):
        place = tmp_path / str(number)
        place.mkdir()
        with monkeypatch.context() as meanwhile:
            holder = Holder(meanwhile, place, MOMENT)
            result = call_verb(call_json, desk, words, place, inputs)
        written = contents_of(place) or verb == "backup --second"
        if result.status or not holder.refusals or not written or list(place.rglob("*.part")):
            faults.append((verb, result.status, sentence_of(result), holder.refusals))
    assert faults == []


def test_nothing_is_written_where_a_file_is_held_for_hours(
    desk: Desk, call_json: Call, tmp_path: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, faults = desk.contents(), list[Any]()
    verbs = {verb: words for verb, words in VERBS.items() if verb != "backup --second"}  # it only makes a folder
    for number, (verb, words) in enumerate(verbs.items()):
        place = tmp_path / str(number)
        place.mkdir()
        with monkeypatch.context() as meanwhile:
            holder = Holder(meanwhile, place, FOR_HOURS)
            result = call_verb(call_json, desk, words, place, inputs)
        sentence = sentence_of(result)
        true = f"«{place}" in sentence and "giữ, chưa ghi được gì vào đó" in sentence and contents_of(place) == {}
        if not holder.refusals or not true or result.status == 1 or not ended(result):
            faults.append((verb, result.status, sentence))
    assert faults == []
    changed = {name for name, rows in desk.contents().items() if rows != before[name]}
    assert changed <= RECORDS_OF_TRIES | RECORDS_OF_NUMBERS
    assert desk.check().ok
