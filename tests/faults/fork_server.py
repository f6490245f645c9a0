"""Fork server: a process that has imported the program and forks children.

Forking makes hundreds of processes per minute possible. Requests arrive as JSON on the socket that is the standard
input. A request to fork also has four file descriptors: standard input, output and error, and a gate. The child starts
its calls when the gate is closed. Each request gets one JSON value as its answer.
"""

import io
import json
import os
import socket
import sys
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from app.bootstrap import main
from app.storage import database

_DESCRIPTORS = 4


def warm_up() -> None:
    """Run the calls of the children once, so that all modules are loaded."""
    with TemporaryDirectory() as scratch, redirect_stdout(io.StringIO()) as output:
        office, lines = ["--data", f"{scratch}/office", "--json"], Path(scratch) / "lines"
        person = {"kind": "citizen", "name": "Bùi Văn Thử"}
        lines.write_text(
            json.dumps({"procedure": "2.000815", "channel": "direct", "applicant": person}), encoding="utf-8"
        )
        for words in (["init", "--demo"], ["intake", str(lines)]):
            assert main([*office, *words]) == 0
        code = json.loads(output.getvalue().splitlines()[-1])["code"]
        assert main([*office, "print", "receipt", code, "--out", f"{scratch}/paper.pdf"]) == 0


def serve(parent: socket.socket) -> None:
    """Fork and reap children until the parent closes the socket."""
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(parent, 65536, _DESCRIPTORS)
        if not message:
            return
        request = json.loads(message)
        if "wait" in request:
            _pid, status = os.waitpid(request["wait"], 0)
            parent.sendall(json.dumps(os.waitstatus_to_exitcode(status)).encode())
            continue
        pid = os.fork()
        if not pid:
            parent.close()
            run_child(request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        parent.sendall(json.dumps(pid).encode())


def run_child(request: dict[str, Any], descriptors: list[int]) -> NoReturn:
    """Run the calls of a request and exit with the status of the last one.

    A call with another status than 0 ends the child.
    """
    *streams, gate = descriptors
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  open until the child exits
        for number, mode in enumerate(("r", "w", "w"))
    )
    os.read(gate, 1)
    for name, value in request["pragmas"].items():
        others = [pragma for pragma in database._PRAGMAS if f" {name}=" not in pragma]
        database._PRAGMAS = (*others, f"PRAGMA {name}={value}")
    status = 0
    for words in request["calls"]:
        status = main(words)
        sys.stdout.flush()
        sys.stderr.flush()
        if status:
            break
    os._exit(status)


if __name__ == "__main__":
    warm_up()
    serve(socket.socket(fileno=os.dup(sys.stdin.fileno())))
