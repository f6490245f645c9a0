"""A warm process of the program that others are forked from: five hundred can then be killed in minutes.

It speaks over the socket it is given as standard input: a request is a line of JSON, with four file descriptors for a
birth (standard input, output, error, and a gate the child waits at until it is closed); each is answered by a line."""

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
    """Does once what children will do, so that what a start reads and reckons is there when they are born."""
    with TemporaryDirectory() as scratch, redirect_stdout(io.StringIO()) as said:
        office, lines = ["--data", f"{scratch}/office", "--json"], Path(scratch) / "lines"
        person = {"kind": "citizen", "name": "Bùi Văn Thử"}
        lines.write_text(json.dumps({"procedure": "2.000815", "channel": "direct", "applicant": person}))
        for words in (["init", "--demo"], ["intake", str(lines)]):
            assert main([*office, *words]) == 0
        code = json.loads(said.getvalue().splitlines()[-1])["code"]
        assert main([*office, "print", "receipt", code, "--out", f"{scratch}/paper.pdf"]) == 0


def serve(parent: socket.socket) -> None:
    """Bears and buries children until the parent has no more wishes."""
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
        for each in descriptors:
            os.close(each)
        parent.sendall(json.dumps(pid).encode())


def run_child(request: dict[str, Any], descriptors: list[int]) -> NoReturn:
    """One child's life: the calls it was asked for, one after another, each with the exit status it would have."""
    *streams, gate = descriptors
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  they live as long as the child
        for number, mode in enumerate(("r", "w", "w"))
    )
    os.read(gate, 1)
    for name, value in request["pragmas"].items():
        kept = [pragma for pragma in database._PRAGMAS if f" {name}=" not in pragma]
        database._PRAGMAS = (*kept, f"PRAGMA {name}={value}")
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
