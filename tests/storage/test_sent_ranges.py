"""Sync files of the program before revision 0014.

It marked each record.
"""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import main
from app.sync.bundle import read_bundle
from tests.faults.hub.desks import command
from tests.storage.older_programs import run_program, unpack_program
from tests.support.offices import OFFICE, at, desk_session, intake_line
from tests.support.receiver import Receiver

BEFORE = "63205c19"
pytestmark = pytest.mark.posix


class OlderSender:
    """An office worked in by the earlier program."""

    def __init__(self, program: Path, place: Path) -> None:
        self.folder, self.receiver = place / "office", Receiver()
        self._program, self._place = program, place
        place.mkdir()

    def run(self, *calls: str) -> list[Any]:
        """Run calls, each a line of words."""
        office = ["--data", str(self.folder), "--json", "--now", "2026-02-09T08:00"]
        words = [[*office, *(word.replace("@", f"{self._place}/") for word in call.split())] for call in calls]
        return run_program(self._program, self._place, [(each, {}) for each in words])

    def answer(self, name: str, *rejected: str) -> None:
        """Write the answer of the receiver beside a file."""
        self.receiver.rejections = dict.fromkeys(rejected, "Sai mã thủ tục")
        content = (self._place / name).read_bytes()
        (self._place / f"{name}.mcack").write_bytes(self.receiver.answer(content).body)

    def write(self, name: str, text: str) -> None:
        """Write a file beside the office."""
        (self._place / name).write_text(text, encoding="utf-8")


@pytest.fixture
def sender(tmp_path: Path) -> OlderSender:
    """Return an office with a confirmed and a sent file, and more records."""
    older = OlderSender(unpack_program(BEFORE, tmp_path / "program"), tmp_path / "older")
    older.write("lines", "\n".join(map(_line, range(4))))
    older.write("card.toml", older.receiver.card("http://127.0.0.1:1"))
    older.write("office.toml", OFFICE)
    older.run("init @office.toml --training")
    codes = [
        answer["code"] for answer in older.run("sync join @card.toml", "intake @lines", "sync export --out @1")[1:5]
    ]
    older.answer("1", codes[1])
    older.run("sync apply @1.mcack", f"act {codes[2]} finish", "sync export --out @2")
    older.run(f"act {codes[3]} finish")
    return older


def _line(number: int) -> str:
    return json.dumps(intake_line(request_id=f"cũ-{number}"))


def test_an_older_office_keeps_its_states_and_goes_on_sending(sender: OlderSender, tmp_path: Path) -> None:
    questions = ("sync status --dossiers", "sync status --files")
    before = sender.run(*questions)
    states = [line["state"] for line in before if "code" in line]
    assert sorted(states) == ["confirmed", "rejected", "sent", "waiting"], "the office has every state"
    assert [line for question in questions for line in _lines(sender.folder, *question.split())] == before
    assert command(sender.folder, "check")["ok"]
    again = tmp_path / "again"
    command(sender.folder, "sync", "export", "--out", again, "--again", 2)
    assert again.read_bytes() == (sender.folder.parent / "2").read_bytes()
    sender.answer("2")
    assert command(sender.folder, "sync", "apply", sender.folder.parent / "2.mcack")["accepted"] == 1
    with desk_session(sender.folder) as desk:
        desk.act(desk.rows("SELECT code FROM dossier ORDER BY id LIMIT 1")[0][0], "finish", at("2026-02-11T09:00"))
    third = tmp_path / "third"
    assert command(sender.folder, "sync", "export", "--out", third, now="2026-02-11T10:00")["records"] == 2
    manifest = read_bundle(third.read_bytes()).manifest
    with desk_session(sender.folder) as desk:
        newest = desk.rows("SELECT max(sequence) FROM event")[0][0]
        assert desk.check().ok
    assert (manifest["sequence"], manifest["record_to"]) == (3, newest)


def _lines(folder: Path, *words: object) -> list[Any]:
    with redirect_stdout(StringIO()) as out:
        assert main([str(word) for word in ("--data", folder, "--json", "--now", "2026-02-10T09:00", *words)]) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]
