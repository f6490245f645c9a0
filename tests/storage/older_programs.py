"""Offices of the program of an earlier commit, from the history.

The earlier code runs in a process of its own, with the libraries of today.
"""

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.offices import ADMIN, OFFICE, PASSWORD, intake_line

ROOT = Path(__file__).resolve().parents[2]
COLLEAGUE, COLLEAGUE_PASSWORD = "Lê Văn Hai", "Ruộng bậc thang 9"
_CALLS = """
import contextlib, io, json, os, sys
from app.bootstrap import main
answers = []
for words, environment in json.loads(sys.stdin.read()):
    os.environ.update(environment)
    code = next((answer["code"] for answer in answers if "code" in answer), "")
    with contextlib.redirect_stdout(io.StringIO()) as out:
        status = main([word.replace("{code}", code) for word in words])
    if status:
        sys.exit(f"{words}: {status} {out.getvalue()}")
    answers += [json.loads(line) for line in out.getvalue().splitlines() if line.startswith("{")]
print(json.dumps(answers))
"""


@dataclass(frozen=True)
class OlderOffice:
    """An office of two people with two dossiers, one of them forwarded.

    `dossiers` are the answers of their intake. `backup` is made at the end.
    """

    folder: Path
    backup: Path
    recovery: str
    dossiers: tuple[Mapping[str, Any], ...]


def unpack_program(commit: str, place: Path) -> Path:
    """Unpack the code of a commit; skip the test without the history."""
    archive = subprocess.run(["git", "-C", str(ROOT), "archive", commit], capture_output=True, check=False)
    if archive.returncode:
        pytest.skip(f"commit {commit} is not in this copy of the history")
    with tarfile.open(mode="r:", fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(place, filter="data")
    return place


def create_older_office(program: Path, place: Path, *, training: bool) -> OlderOffice:
    """Create an office with an unpacked program and work in it."""
    place.mkdir()
    for name, text in (("office.toml", OFFICE), ("lines.jsonl", "\n".join(map(json.dumps, _intake_lines())))):
        (place / name).write_text(text, encoding="utf-8")
    answers = run_program(program, place, _work(place, training=training))
    return OlderOffice(
        folder=place / "office",
        backup=Path(next(answer["file"] for answer in answers if "sha256" in answer)),
        recovery=str(answers[0].get("recovery_key", "")),
        dossiers=tuple([answer for answer in answers if "deadline" in answer][: len(_intake_lines())]),
    )


def _intake_lines() -> list[dict[str, Any]]:
    return [intake_line(request_id="cũ-1"), intake_line(request_id="cũ-2", quantity=2, note="Bản cũ")]


_Call = tuple[Sequence[object], Mapping[str, str]]


def _work(place: Path, *, training: bool) -> list[_Call]:
    office: list[object] = ["--data", place / "office", "--json"]
    if training:
        office += ["--now", "2026-02-09T08:00"]
    me = {"MOTCUA_USER": "" if training else ADMIN, "MOTCUA_PASSWORD": PASSWORD, "MOTCUA_NEW_PASSWORD": ""}
    first: list[_Call] = [([*office[:3], "init", "--demo"], me)]
    if not training:
        colleague = {"MOTCUA_USER": COLLEAGUE, "MOTCUA_PASSWORD": COLLEAGUE_PASSWORD}
        first = [
            ([*office, "init", place / "office.toml"], me),
            ([*office, "users", "add", COLLEAGUE, "--role", "head"], {"MOTCUA_NEW_PASSWORD": COLLEAGUE_PASSWORD}),
            ([*office, "search", "dao"], colleague),
        ]
    return [
        *first,
        ([*office, "intake", place / "lines.jsonl"], me),
        ([*office, "act", "{code}", "send", "--to", "Tư pháp"], me),
        ([*office, "print", "receipt", "{code}", "--out", place / "receipt.pdf"], me),
        ([*office, "backup", "--to", place / "usb"], me),
    ]


def run_program(program: Path, place: Path, calls: Sequence[_Call]) -> list[Any]:
    """Run calls of the command line of an unpacked program."""
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME": str(place / "state"),
    }
    process = subprocess.run(
        [sys.executable, "-c", _CALLS],
        input=json.dumps([([str(word) for word in words], values) for words, values in calls]),
        env=environment,
        cwd=program,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 0, process.stderr
    answers: list[Any] = json.loads(process.stdout)
    return answers
