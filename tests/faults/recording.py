"""Record of the writes, syncs and renames of a run, by strace."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.models.instants import local_day
from tests.faults.office_kinds import OfficeKind
from tests.faults.processes import ForkServer, trace_process
from tests.support.offices import intake_line

TRACED_CALLS = "openat,lseek,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2"
_MAX_STRING = 1 << 20
_CALL = re.compile(r"^(?:\[pid\s+\d+\]\s*|\d+\s+)?(\w+)\((.*)\)\s+= (\d+)(?:<(.*)>)?")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPEN_FILE = re.compile(r"^\d+<([^>]*)>")
PRINT_EVERY = 5


@dataclass(frozen=True)
class Step:
    """System call of a run.

    `kind` is open, write, truncate, sync, delete, rename, or output for a write to a pipe. `data` of open is not empty
    if the file is truncated. `other` is the new name of a renamed file.
    """

    kind: str
    path: str
    data: bytes = b""
    at: int = 0
    other: str = ""


class NextDay(Exception):
    """Signal that midnight passed while a run was recorded."""


def record(
    server: ForkServer, kind: OfficeKind, folder: Path, papers: Path, lines: int, synchronous: str = "FULL"
) -> tuple[Step, ...]:
    """Accept dossiers, print receipts for some, and return the steps.

    Raises TracingUnavailable. Raises NextDay if midnight has passed, because the codes to print are computed before the
    run.
    """
    day = local_day(kind.now)
    office, codes = kind.options(folder), [kind.dossier_code(number) for number in range(1, lines, PRINT_EVERY)]
    receipts = [(*office, "print", "receipt", code, "--out", papers / f"{code}.pdf") for code in codes]
    child = server.fork((*office, "intake", "-"), *receipts, synchronous=synchronous)
    child.feed(b"".join(json.dumps(intake_line(request_id=f"r-{n}")).encode() + b"\n" for n in range(lines)))
    trace = papers / "trace"
    with trace_process(child, ["-y", "-xx", "-s", str(_MAX_STRING), "-o", str(trace), "-e", f"trace={TRACED_CALLS}"]):
        child.start()
        status = child.wait()
    if local_day(kind.now) != day:
        raise NextDay
    assert status == 0, child.err
    return tuple(steps_of(trace.read_text(encoding="utf-8").splitlines()))


def steps_of(lines: Sequence[str]) -> Iterator[Step]:
    """Yield the steps of a trace."""
    ends: dict[str, int] = {}
    for line in lines:
        match = _CALL.match(line)
        if match is None:
            continue
        call, arguments, result, opened = match.groups()
        strings = [_bytes(text) for text in _STRING.findall(arguments)]
        open_file = _OPEN_FILE.match(arguments)
        path = _bytes(open_file[1]).decode() if open_file else ""
        if call == "openat":
            path = _bytes(opened or "").decode()
            ends[path] = 0
            yield Step("open", path, b"truncated" if "O_TRUNC" in arguments else b"")
        elif call == "lseek":
            ends[path] = int(result)
        elif call == "write":
            data = strings[0][: int(result)]
            yield Step("output" if path.startswith("pipe:") else "write", path, data, ends.get(path, 0))
            ends[path] = ends.get(path, 0) + len(data)
        elif call == "pwrite64":
            yield Step("write", path, strings[0][: int(result)], int(arguments.rsplit(", ", 1)[1]))
        elif call == "ftruncate":
            yield Step("truncate", path, at=int(arguments.rsplit(", ", 1)[1]))
        else:
            yield _name_step(call, path, [text.decode() for text in strings])


def _name_step(call: str, path: str, names: Sequence[str]) -> Step:
    if call in ("fsync", "fdatasync"):
        return Step("sync", path)
    if call.startswith("unlink"):
        return Step("delete", names[0])
    return Step("rename", names[0], other=names[1])


def _bytes(text: str) -> bytes:
    """Return the bytes of a string in hexadecimal or plain notation."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()
