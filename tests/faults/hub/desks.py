"""Real offices and a real receiver through faults.

Each run fails with the first record that is lost or doubled, and returns its counts.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

from app.bootstrap import create_office, main
from app.office.exchange.sync_send import push
from app.usecases.sync import send
from app.usecases.sync.status import SyncStatus, sync_status
from tests.architecture.project import ROOT
from tests.faults.hub.bad_line import BadLine
from tests.faults.hub.thin_line import ThinLine
from tests.faults.office_kinds import TRAINING
from tests.faults.processes import ForkServer
from tests.faults.sending.pairs import kill_pair
from tests.support.hub_service import serving
from tests.support.offices import CREATED_AT, MORNING, OFFICE, Desk, desk_session
from tests.support.postgres_server import Hub

NOW = "2026-02-10T09:00"
_MOST_ROUNDS = 60


def command(folder: Path, *words: object, now: str = NOW, status: int = 0) -> Any:
    """Run a command of an office and return its last line."""
    with redirect_stdout(StringIO()) as out:
        ended = main([str(word) for word in ("--data", folder, "--json", "--now", now, *words)])
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert ended == status, (words, ended, lines)
    return lines[-1]


def join(hub: Hub, folder: Path, address: str) -> None:
    """Let an office join a receiver that knows its key."""
    card = folder.with_suffix(".toml")
    hub.run("card", "--out", card, "--address", address)
    command(folder, "sync", "join", card)
    identity = command(folder, "sync", "identity")
    hub.run("enrol", identity["public_key"], "--agency", identity["agency_code"])


def check_both_ends(hub: Hub, *folders: Path, confirmed: bool = True) -> int:
    """Compare offices with their receiver; return the number of records.

    Every record of an office is there once, and each dossier in its last state.
    """
    records = 0
    for folder in folders:
        key = command(folder, "sync", "identity")["public_key"]
        site = "site_id = (SELECT site_id FROM sender WHERE public_key = %s)"
        stored = Counter(row[0] for row in hub.rows(f"SELECT id::text FROM record WHERE {site}", key))
        states = dict(hub.rows(f"SELECT code, status FROM dossier WHERE {site}", key))
        with desk_session(folder) as desk:
            ids = [row[0] for row in desk.rows("SELECT uuid FROM event JOIN outbox ON event_id = event.id")]
            assert [record for record in ids if stored[record] != 1] == []
            here = dict(desk.rows("SELECT code, status FROM dossier"))
            assert {code: states.get(code) for code in here} == here
            state = desk.office.read(sync_status, SyncStatus())
            assert not confirmed or (state.waiting, state.sent, state.rejected) == (0, 0, ())
            assert desk.check().ok
        records += len(ids)
    assert hub.rows("SELECT site_id, id FROM record GROUP BY 1, 2 HAVING count(*) > 1") == []
    return records


def push_until_done(desk: Desk) -> int:
    """Send until nothing waits; return the rounds."""
    for rounds in range(1, _MOST_ROUNDS * 100):
        result = push(desk.office)
        if result.trouble is None:
            return rounds
        assert result.trouble.only_waits or result.trouble.code == "ack_not_ours", result
    raise AssertionError("the office never ends")


def run_desk_line(hub: Hub, folder: Path, files: int, seed: int) -> dict[str, int]:
    """Send files of a record each through a line of every fault."""
    before, send.RECORDS_BY_WIRE = send.RECORDS_BY_WIRE, 1
    try:
        with serving(hub) as address, BadLine(address, Random(seed)).running() as line:
            join(hub, folder, line.address)
            with desk_session(folder) as desk:
                for _ in range(files):
                    desk.take_in()
                rounds = push_until_done(desk)
            counts = dict(line.counts)
    finally:
        send.RECORDS_BY_WIRE = before
    records = check_both_ends(hub, folder)
    assert hub.rows("SELECT count(*) FROM file") == [(files,)] and records == files
    return counts | {"files": files, "rounds": rounds}


def run_three_weeks(
    hub: Hub, folder: Path, dossiers: int, rate: int, period: float, records: int = send.RECORDS_BY_WIRE
) -> dict[str, int]:
    """Send three weeks at once through a thin line that breaks.

    `rate` is in bytes a second, `records` are those of a file. A file must pass between two breaks.
    """
    before, send.RECORDS_BY_WIRE = send.RECORDS_BY_WIRE, records
    try:
        return _send_three_weeks(hub, folder, dossiers, rate, period)
    finally:
        send.RECORDS_BY_WIRE = before


def _send_three_weeks(hub: Hub, folder: Path, dossiers: int, rate: int, period: float) -> dict[str, int]:
    with serving(hub) as address, ThinLine(address, rate, period).running() as line:
        join(hub, folder, line.address)
        with desk_session(folder) as desk:
            for number in range(dossiers):
                day = MORNING + timedelta(days=number * 21 // dossiers)
                desk.act(desk.take_in(day).code, "ask-supplement", day, note="Thiếu giấy")
            rounds = push_until_done(desk)
        counts = {"bytes": line.carried, "breaks": line.breaks, "rounds": rounds}
    return {"records": check_both_ends(hub, folder), **counts}


def run_two_senders(server: ForkServer, hub: Hub, folder: Path, kills: int, seed: int) -> dict[str, int]:
    """Kill two senders of one folder at random moments, again and again."""
    random = Random(seed)
    with serving(hub) as address:
        join(hub, folder, address)
        for _ in range(kills):
            with desk_session(folder) as desk:
                for _ in range(3):
                    desk.take_in()
            kill_pair(server, TRAINING.options(folder), random)
        assert command(folder, "sync", "push")["waiting"] == 0
    records = check_both_ends(hub, folder)
    assert records == 3 * kills
    return {"kills": kills, "records": records, "files": hub.rows("SELECT count(*) FROM file")[0][0]}


def run_restores(hub: Hub, folder: Path) -> dict[str, int]:
    """Restore the same backup twice, and go on behind each restore."""
    with serving(hub) as address:
        join(hub, folder, address)
        codes = _take_in(folder, 4)
        command(folder, "sync", "push")
        backup = command(folder, "backup")["file"]
        for _ in range(2):
            codes += _take_in(folder, 3)
            command(folder, "sync", "push")
            command(folder, "restore", backup)
            assert command(folder, "sync", "push")["waiting"] == 0
        lost = {line["code"] for line in hub.run("report", "lost")}
        codes += _take_in(folder, 3)
        command(folder, "sync", "push")
    here = {line["code"] for line in hub.run("report", "lost")}
    assert len(set(codes)) == len(codes), "a number was issued twice"
    assert lost == here == set(codes[4:10])
    return {"records": check_both_ends(hub, folder), "named_lost": len(here)}


def run_clone(hub: Hub, folder: Path, keep: str) -> dict[str, int]:
    """Let two machines work on copies of one disk, and settle the fork."""
    clone = folder.with_name(f"{folder.name}-clone")
    with serving(hub) as address:
        join(hub, folder, address)
        _take_in(folder, 2)
        command(folder, "sync", "push")
        shutil.copytree(folder, clone)
        ours, theirs = _take_in(folder, 1), _take_in(clone, 2)
        command(folder, "sync", "push")
        stopped = command(clone, "sync", "push", status=1)["refused"]
        assert stopped["code"] == "bundle_fork"
        (fork,) = hub.run("report", "forks")
        hub.run("settle", fork["fork"], "--keep", keep, "--note", "Đã gọi hai máy")
        if keep == "known":
            settled = command(clone, "sync", "push", status=1)["refused"]
            assert settled["code"] == "bundle_fork"
            command(clone, "restore", command(clone, "backup")["file"])
        command(clone, "sync", "push")
    ids = {row[0] for row in hub.rows("SELECT id::text FROM record")}
    for machine in (folder, clone):
        with desk_session(machine) as desk:
            assert {row[0] for row in desk.rows("SELECT uuid FROM event JOIN outbox ON event_id = event.id")} <= ids
            assert desk.check().ok
    assert len(ids) == 2 + len(ours) + len(theirs)
    return {"records": len(ids), "ours": len(ours), "theirs": len(theirs)}


def run_merger(hub: Hub, folders: Sequence[Path]) -> dict[str, int]:
    """Merge communes into one: each goes on under the new code."""
    with serving(hub) as address:
        for folder in folders:
            join(hub, folder, address)
            _take_in(folder, 4)
            command(folder, "sync", "push")
        before = hub.rows("SELECT count(*) FROM dossier"), hub.rows("SELECT count(*) FROM record")
        for number, folder in enumerate(folders, 1):
            new = folder.with_name(f"new-{number}.toml")
            text = OFFICE.replace("H29.12", "H30.07").replace("UBND xã Thử Nghiệm", "UBND xã Hợp Nhất")
            new.write_text(text, encoding="utf-8")
            command(folder, "office", "succeed", new, "--decision", "12/NQ-HĐND", "--from", "2026-02-10", now=NOW)
            join(hub, folder, address)
            command(folder, "sync", "push")
        after = hub.rows("SELECT count(*) FROM dossier"), hub.rows("SELECT count(*) FROM record")
        assert before == after and len(hub.run("senders")) == len(folders)
        for folder in folders:
            _take_in(folder, 2)
            command(folder, "sync", "push")
    (table,) = hub.run("report", "06a", "--from", "2026-01-01", "--to", "2026-12-31", "--agency", "H30.07")
    assert table["total"]["received"] == 6 * len(folders)
    return {"records": check_both_ends(hub, *folders), "offices": len(folders)}


def run_clocks(hub: Hub, folder: Path) -> dict[str, int]:
    """Send with the clock in 2015, in 2037, and right again."""
    with serving(hub) as address:
        join(hub, folder, address)
        for now in ("2015-03-02T08:00", "2037-03-02T08:00", NOW):
            _take_in(folder, 1)
            assert command(folder, "sync", "push", now=now)["waiting"] == 0
    return {"records": check_both_ends(hub, folder)}


def run_four_receivers(hub: Hub, data: bytes, folder: Path) -> dict[str, int]:
    """Give one file to four processes at the same moment."""
    processes = []
    for number in range(4):
        place = folder / str(number)
        place.mkdir()
        (place / "a.mcsync").write_bytes(data)
        words = [sys.executable, "-m", "hub", "ingest", str(place / "a.mcsync")]
        processes.append(subprocess.Popen(words, cwd=ROOT, env=hub.variables, stdout=subprocess.PIPE))
    results = Counter(json.loads(process.communicate()[0])["result"] for process in processes)
    assert [process.returncode for process in processes] == [0] * 4
    acks = {(folder / str(number) / "a.mcack").read_bytes() for number in range(4)}
    assert results == {"accepted": 1, "again": 3} and len(acks) == 1
    return dict(results)


def communes(folder: Path, count: int) -> list[Path]:
    """Create training offices with keys and codes of their own."""
    folders = [folder / f"office-{number}" for number in range(count)]
    for number, office in enumerate(folders):
        create_office(office, OFFICE.replace("H29.12", f"H29.{12 + number}"), True, CREATED_AT)
    return folders


def _take_in(folder: Path, count: int) -> list[str]:
    with desk_session(folder) as desk:
        return [desk.take_in().code for _ in range(count)]
