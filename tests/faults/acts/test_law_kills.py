"""Kill `law apply` at its writes: the law is entered whole or not at all."""

import re
import shutil
from pathlib import Path

import pytest

from app.sync.signing import public_key
from app.sync.wire import fingerprint
from tests.faults.office_kinds import TRAINING
from tests.faults.processes import ForkServer, TracingUnavailable, trace_process
from tests.usecases.law.samples import CALENDAR, CATALOGUE, ISSUER_KEY, RELIEF, law_file

pytestmark = pytest.mark.posix
_WRITES = ("pwrite64", "fdatasync", "unlink")
_KILLS = 8
"""Kills at each kind of call, spread over all of them."""
_ROWS = {
    "SELECT count(*) FROM law_package WHERE package_id = 'thu-01'": (0, 1),
    "SELECT count(*) FROM dated_rule WHERE source = 'thu-01'": (0, 1),
    "SELECT count(*) FROM law_issuer": (0, 1),
    "SELECT count(*) FROM procedure_version WHERE code = '2.000815' AND version > 1": (0, 1),
    "SELECT count(*) FROM access WHERE what = 'law-applied' AND about LIKE 'thu-01%'": (0, 1),
}


def apply_words(folder: Path, file: Path) -> tuple[object, ...]:
    return (*TRAINING.options(folder), "law", "apply", file, "--fingerprint", fingerprint(public_key(ISSUER_KEY)))


def run_killed(server: ForkServer, folder: Path, file: Path, options: list[str]) -> int:
    """Run `law apply` under strace; return its exit status."""
    child = server.fork(apply_words(folder, file))
    child.feed(b"")
    with trace_process(child, options):
        child.start()
        return child.wait()


def entered(folder: Path) -> list[int]:
    """Return the rows of each part of the law."""
    with TRAINING.open_desk(folder) as desk:
        assert desk.check().ok
        return [int(desk.rows(statement)[0][0]) for statement in _ROWS]


def test_killed_application_is_whole_or_nothing(
    server: ForkServer, office_templates: dict[bool, Path], tmp_path: Path
) -> None:
    file = tmp_path / "goi.mclaw"
    file.write_bytes(law_file([RELIEF], catalogue=CATALOGUE, calendar=CALENDAR))
    counted, calls = Path(shutil.copytree(office_templates[True], tmp_path / "counted")), tmp_path / "calls"
    before = entered(counted)
    try:
        status = run_killed(server, counted, file, ["-o", str(calls), "-e", f"trace={','.join(_WRITES)}"])
    except TracingUnavailable as reason:
        pytest.skip(str(reason))
    whole = entered(counted)
    assert status == 0 and before == [0, 0, 0, 0, 0] and all(whole)
    text, results = calls.read_text(encoding="utf-8"), []
    for call in _WRITES:
        total = len(re.findall(rf"\b{call}\(", text))
        for at in sorted({1 + total * n // _KILLS for n in range(_KILLS)} if total else ()):
            folder = Path(shutil.copytree(office_templates[True], tmp_path / f"{call}-{at}"))
            inject = f"inject={call}:signal=SIGKILL:when={at}"
            run_killed(server, folder, file, ["-o", "/dev/null", "-e", f"trace={call}", "-e", inject])
            results.append(entered(folder))
            again = server.run(apply_words(folder, file))
            assert again.status == 0 and entered(folder) == whole
            shutil.rmtree(folder)
    assert all(rows in (before, whole) for rows in results)
    assert before in results and len(results) > _KILLS
