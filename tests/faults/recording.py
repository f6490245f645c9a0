"""Everything a run of the program wrote, in order: strace's record of its writes, syncs and names, read back."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.models.instants import local_day
from tests.faults.office_kinds import OfficeKind
from tests.faults.processes import ForkServer, trace_process
from tests.support.offices import intake_line

_CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2"
_MAX_STRING = 1 << 20
_CALL = re.compile(r"^(?:\[pid\s+\d+\]\s*|\d+\s+)?(\w+)\((.*)\)\s+= (\d+)(?:<(.*)>)?")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPEN_FILE = re.compile(r"^\d+<([^>]*)>")
PRINT_EVERY = 5


@dataclass(frozen=True)
class Step:
    """One thing that happened: `kind` is open, write, cut, sync, gone, named, or said (to whoever asked)."""

    kind: str
    path: str
    data: bytes = b""
    at: int = 0
    other: str = ""


class NextDay(Exception):
    """Midnight passed while a run was recorded."""


def record(
    server: ForkServer, kind: OfficeKind, folder: Path, papers: Path, lines: int, synchronous: str = "FULL"
) -> tuple[Step, ...]:
    """Take in lines and print some of them under strace's eyes; what was written, in order.

    Raises Unwatchable where strace cannot be used, NextDay where midnight passed, because the codes to print are
    computed before the run.
    """
    day = local_day(kind.now)
    office, codes = kind.words(folder), [kind.code(number) for number in range(1, lines, PRINT_EVERY)]
    receipts = [(*office, "print", "receipt", code, "--out", papers / f"{code}.pdf") for code in codes]
    child = server.fork((*office, "intake", "-"), *receipts, synchronous=synchronous)
    child.feed(b"".join(json.dumps(intake_line(request_id=f"r-{n}")).encode() + b"\n" for n in range(lines)))
    written = papers / "trace"
    with trace_process(child, ["-y", "-xx", "-s", str(_MAX_STRING), "-o", str(written), "-e", f"trace={_CALLS}"]):
        child.start()
        status = child.ended()
    if local_day(kind.now) != day:
        raise NextDay
    assert status == 0, child.err
    return tuple(_steps(written.read_text().splitlines()))


def _steps(lines: Sequence[str]) -> Iterator[Step]:
    ends: dict[str, int] = {}
    for text in lines:
        found = _CALL.match(text)
        if found is None:
            continue
        call, arguments, answer, opened = found.groups()
        strings = [_bytes(each) for each in _STRING.findall(arguments)]
        place = _OPEN_FILE.match(arguments)
        path = _bytes(place[1]).decode() if place else ""
        if call == "openat":
            path = _bytes(opened or "").decode()
            ends[path] = 0
            yield Step("open", path, b"cut" if "O_TRUNC" in arguments else b"")
        elif call == "write":
            data = strings[0][: int(answer)]
            said = path.startswith("pipe:")
            yield Step("said" if said else "write", path, data, ends.get(path, 0))
            ends[path] = ends.get(path, 0) + len(data)
        elif call == "pwrite64":
            yield Step("write", path, strings[0][: int(answer)], int(arguments.rsplit(", ", 1)[1]))
        elif call == "ftruncate":
            yield Step("cut", path, at=int(arguments.rsplit(", ", 1)[1]))
        else:
            yield _name_step(call, path, [each.decode() for each in strings])


def _name_step(call: str, path: str, names: Sequence[str]) -> Step:
    if call in ("fsync", "fdatasync"):
        return Step("sync", path)
    if call.startswith("unlink"):
        return Step("gone", names[0])
    return Step("named", names[0], other=names[1])


def _bytes(text: str) -> bytes:
    """strace's hexadecimal letters as bytes; what it left plain stays."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()
