"""Kill `law apply` and `law revert` at their writes: whole or nothing."""

import re
import shutil
from pathlib import Path

import pytest

from app.sync.signing import public_key
from app.sync.wire import fingerprint
from tests.faults.office_kinds import TRAINING
from tests.faults.processes import ForkServer, trace_process
from tests.usecases.law.samples import CALENDAR, CATALOGUE, ISSUER_KEY, RELIEF, law_file

pytestmark = pytest.mark.posix
_WRITES = ("pwrite64", "fdatasync", "unlink")
_KILLS = 5
"""Kills at each kind of call, spread over all of them."""
_ROWS = {
    "SELECT count(*) FROM law_package WHERE package_id = 'thu-01'": (0, 1),
    "SELECT count(*) FROM dated_rule WHERE source = 'thu-01'": (0, 1),
    "SELECT count(*) FROM law_issuer": (0, 1),
    "SELECT count(*) FROM procedure_version WHERE code = '2.000815' AND version > 1": (0, 1),
    "SELECT count(*) FROM access WHERE what = 'law-applied' AND about LIKE 'thu-01%'": (0, 1),
    "SELECT count(*) FROM access WHERE what = 'law-reverted' AND about LIKE 'thu-01%'": (0, 1),
    "SELECT count(*) FROM law_package WHERE package_id = 'thu-01' AND reverted_at IS NOT NULL": (0, 1),
}


def apply_words(folder: Path, file: Path) -> tuple[object, ...]:
    return (*TRAINING.options(folder), "law", "apply", file, "--fingerprint", fingerprint(public_key(ISSUER_KEY)))


def revert_words(folder: Path, file: Path) -> tuple[object, ...]:
    return (*TRAINING.options(folder), "law", "revert", "thu-01", "--note", "nhầm")


def run_killed(server: ForkServer, words: tuple[object, ...], options: list[str]) -> int:
    """Run a command under strace; return its exit status."""
    child = server.fork(words)
    child.feed(b"")
    with trace_process(child, options):
        child.start()
        return child.wait()


def entered(folder: Path) -> list[int]:
    """Return the rows of each part of the law."""
    with TRAINING.open_desk(folder) as desk:
        assert desk.check().ok
        return [int(desk.rows(statement)[0][0]) for statement in _ROWS]


WORDS = {"apply": apply_words, "revert": revert_words}


@pytest.mark.parametrize(("act", "kills"), [("apply", _KILLS), ("revert", 3)])
def test_killed_act_is_whole_or_nothing(
    server: ForkServer, office_templates: dict[bool, Path], tmp_path: Path, act: str, kills: int
) -> None:
    file, calls = tmp_path / "goi.mclaw", tmp_path / "calls"
    file.write_bytes(law_file([RELIEF], catalogue=CATALOGUE, calendar=CALENDAR))
    template = Path(shutil.copytree(office_templates[True], tmp_path / "template"))
    if act == "revert":
        assert server.run(apply_words(template, file)).status == 0
    counted = Path(shutil.copytree(template, tmp_path / "counted"))
    before = entered(counted)
    options = ["-o", str(calls), "-e", f"trace={','.join(_WRITES)}"]
    status = run_killed(server, WORDS[act](counted, file), options)
    whole = entered(counted)
    assert status == 0 and before != whole
    text, results = calls.read_text(encoding="utf-8"), []
    for call in _WRITES:
        total = len(re.findall(rf"\b{call}\(", text))
        for at in sorted({1 + total * n // kills for n in range(kills)} if total else ()):
            folder = Path(shutil.copytree(template, tmp_path / f"{call}-{at}"))
            inject = f"inject={call}:signal=SIGKILL:when={at}"
            run_killed(server, WORDS[act](folder, file), ["-o", "/dev/null", "-e", f"trace={call}", "-e", inject])
            results.append(entered(folder))
            again = server.run(WORDS[act](folder, file))
            assert (again.status == 0 or results[-1] == whole) and entered(folder) == whole
            shutil.rmtree(folder)
    assert all(rows in (before, whole) for rows in results)
    assert before in results and len(results) > kills
