"""Offices and the command line for tests."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.bootstrap import main
from tests.cli.forgery import RealOffice, make_real_office
from tests.support.offices import ADMIN, PASSWORD, use_profile


class CliResult(NamedTuple):
    """Result of a call: exit status, stdout and stderr."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines; it may hold nothing else."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def one(self) -> Any:
        """Standard output as the one JSON value it must be."""
        (line,) = self.lines
        return line


Call = Callable[..., CliResult]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """`motcua …` in this process."""

    def run(*words: object) -> CliResult:
        capsys.readouterr()
        status = main([str(word) for word in words])
        return CliResult(status, *capsys.readouterr())

    return run


@pytest.fixture
def call_json(call: Call, desk: Any) -> Call:
    """Call with --json on a new training office at 10:00 on 2026-02-09."""

    def run(*words: object, now: str = "2026-02-09T10:00") -> CliResult:
        return call("--data", desk.folder, "--json", "--now", now, *words)

    return run


@pytest.fixture
def lines_file(tmp_path: Path) -> Callable[..., Path]:
    """A file of intake lines."""

    def write(*lines: Any) -> Path:
        texts = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
        path = tmp_path / "lines.jsonl"
        path.write_bytes(b"\n".join(texts) + b"\n")
        return path

    return write


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> RealOffice:
    """The real office of all forgeries."""
    return make_real_office(tmp_path_factory.mktemp("forgery"))


@pytest.fixture
def real(template: RealOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealOffice:
    """A copy of the office, on a machine that has not seen it before."""
    use_profile(monkeypatch, tmp_path / "state")
    return template._replace(folder=Path(shutil.copytree(template.folder, tmp_path / "office")))


@pytest.fixture
def motcua(call: Call, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a command; return its answer, or the code of its refusal."""

    def run(*words: object, user: str = ADMIN, **environment: str) -> Any:
        monkeypatch.setenv("MOTCUA_PASSWORD", PASSWORD)
        with monkeypatch.context() as meanwhile:
            for name, value in environment.items():
                meanwhile.setenv(name, value)
            result = call("--json", *(("--user", user) if user else ()), *words)
        answer = result.lines[0] if result.out else {}
        run.err = " ".join(result.err.split())
        return answer.get("refused", {}).get("code", answer)

    return run
