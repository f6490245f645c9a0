"""Kill the program while a dossier is typed (S1) and restore its draft."""

import json
import os
import subprocess
import sys
from pathlib import Path

from app.usecases.intake.draft import ListDrafts, list_drafts
from tests.support.offices import desk_session

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = [sys.executable, "-m", "tests.support.typing_window"]
QUIET = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}


def type_and_kill(folder: Path) -> None:
    """Type half of a dossier in a window and kill it."""
    typing = subprocess.Popen(
        [*PROGRAM, str(folder), "type"], cwd=ROOT, env=QUIET, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert typing.stdout is not None
    assert typing.stdout.readline() == "typed\n"
    typing.kill()
    typing.communicate()


def test_draft_is_offered_after_kill(training_folder: Path) -> None:
    type_and_kill(training_folder)
    result = subprocess.run(
        [*PROGRAM, str(training_folder), "look"],
        cwd=ROOT,
        env=QUIET,
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    draft = json.loads(result.stdout)
    assert draft["offered"] == "Có hồ sơ đang nhập dở của Phung Van Dat."
    assert draft["procedure"] == "2.000815"
    assert draft["applicant"]["phone"] == "0905000111"
    assert len(draft["papers"]) == 1


def test_two_drafts_survive_two_kills(training_folder: Path) -> None:
    type_and_kill(training_folder)
    type_and_kill(training_folder)
    with desk_session(training_folder) as desk:
        drafts = desk.office.read(list_drafts, ListDrafts())
    assert [draft.form["applicant"]["name"] for draft in drafts] == ["Phung Van Dat"] * 2
    assert len({draft.form["request_id"] for draft in drafts}) == 2
