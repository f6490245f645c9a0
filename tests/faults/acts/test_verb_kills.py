"""Kill commands between their record and their file.

The record is on disk before its file. The same command then works again and no number is given twice.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.office_kinds import TRAINING
from tests.faults.processes import ForkServer, trace_process
from tests.support.offices import intake_line

pytestmark = pytest.mark.posix
_CODES = tuple(TRAINING.dossier_code(number) for number in (1, 2))
_REFUSAL = json.dumps(intake_line(reason="Thiếu tờ khai", request_id="tu-choi-1")).encode() + b"\n"
_KILL = ("-e", "trace=rename", "-e", "inject=rename:signal=SIGKILL:when=1")
_PRINTS = "SELECT count(*) FROM print WHERE status = 'prepared'"
_VERBS: dict[str, tuple[Sequence[str], str, int, int]] = {
    "print": (("print", "receipt", _CODES[0], "--out", "@.pdf"), _PRINTS, 2, 2),
    "batch": (("print", "batch", *_CODES, "--out", "@.pdf"), _PRINTS, 4, 4),
    "refusal": (("refuse-at-counter", "-", "--out", "DIR"), "SELECT count(*) FROM counter_refusal", 1, 1),
    "preprinted": (("blanks", "--count", "2", "--out", "@.pdf"), "SELECT count(*) FROM blank", 2, 4),
    "ticket": (("queue", "take", "--out", "@.pdf"), "SELECT count(*) FROM ticket", 1, 2),
    "bundle": (("sync", "export", "--out", "@.mcsync"), "SELECT count(*) FROM bundle", 1, 2),
    "frozen": (
        ("report", "06a", "--from", "2026-01-01", "--to", "2026-02-08", "--freeze", "--out", "@.xlsx"),
        "SELECT count(*) FROM frozen_report",
        1,
        2,
    ),
}
"""Command, statement, and its count after the kill and after the same command again."""


@pytest.mark.parametrize("verb", _VERBS)
def test_record_is_on_disk_before_its_file(
    server: ForkServer, office_templates: dict[bool, Path], tmp_path: Path, verb: str
) -> None:
    words, statement, killed, again = _VERBS[verb]
    folder, target = Path(shutil.copytree(office_templates[True], tmp_path / "office")), tmp_path / "out" / "file"
    target.parent.mkdir()
    with TRAINING.open_desk(folder) as desk:
        for number in (1, 2):
            desk.take_in(TRAINING.now, request_id=str(number))
        before = int(desk.rows(statement)[0][0])
    call = (
        *TRAINING.options(folder),
        *(word.replace("@", str(target)).replace("DIR", str(target.parent)) for word in words),
    )
    child = server.fork(call)
    child.feed(_REFUSAL)
    with trace_process(child, ["-o", "/dev/null", *_KILL]):
        child.start()
        assert child.wait() < 0 and child.out == b""
    assert not [file for file in target.parent.rglob("*") if file.is_file() and file.suffix != ".part"]
    with TRAINING.open_desk(folder) as desk:
        assert int(desk.rows(statement)[0][0]) == before + killed and desk.check(TRAINING.now).ok
    assert server.run(call, _REFUSAL).status == 0
    with TRAINING.open_desk(folder) as desk:
        assert int(desk.rows(statement)[0][0]) == before + again and desk.check(TRAINING.now).ok
    files = [file for file in target.parent.rglob("*") if file.is_file()]
    assert len(files) == 1 and files[0].suffix != ".part" and files[0].stat().st_size > 0
