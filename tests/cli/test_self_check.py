"""The command `self-check`, by a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.office.self_check import SelfCheckTools, self_check
from app.office.session import OfficeSession

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "main.py"), "self-check", *words]
    environment = {**os.environ, **variables}
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_everything_works_here_and_nothing_is_left(tmp_path: Path) -> None:
    ended = run("--json", TMPDIR=str(tmp_path), MOTCUA_DATA=str(tmp_path / "data"))
    answer = json.loads(ended.stdout)
    assert (ended.returncode, answer["ok"]) == (0, True), ended.stdout + ended.stderr
    assert [part["name"] for part in answer["parts"]] == ["imports", "database", "fonts", "document", "window"]
    assert list(tmp_path.iterdir()) == []


def test_missing_program_files_give_3() -> None:
    code = (
        "import sys; from pathlib import Path; from app import bootstrap, own_check;"
        "bootstrap.RESOURCES = own_check.RESOURCES = Path('/nowhere'); sys.exit(bootstrap.main(['self-check']))"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 3, ended.stdout + ended.stderr
    assert "Phông chữ: KHÔNG ĐƯỢC" in ended.stdout and "Dữ liệu mã hóa: tốt" in ended.stdout


@pytest.fixture
def no_screen() -> SelfCheckTools:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("no plugin")

    def make(folder: Path) -> OfficeSession:
        raise OSError(28, "No space left on device")

    return SelfCheckTools(make, fail, fail)


def test_other_parts_are_tried_after_one_that_fails(no_screen: SelfCheckTools) -> None:
    parts = {part.name: part for part in self_check(no_screen)}
    assert [name for name, part in parts.items() if part.ok] == ["imports", "database"]
    assert "no plugin" in parts["fonts"].detail and "No space" in parts["window"].detail
