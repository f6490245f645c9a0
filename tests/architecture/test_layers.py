"""Contracts between packages, and the calls that each layer may make."""

import ast
import json
import shutil
from pathlib import Path

import pytest

from tests.architecture.project import BINARIES, PYPROJECT, ROOT, Completed, parse, relative, run

CONTRACT_IDS = {contract["id"] for contract in PYPROJECT["tool"]["importlinter"]["contracts"]}
CONTRACT_VIOLATIONS = {
    "layers": {
        "app/storage/offence.py": "import app.usecases",
        "app/services/offence.py": "import app.usecases",
        "app/usecases/offence.py": "import app.office",
        "app/office/offence.py": "import app.cli",
        "app/disk.py": "import app.models.errors",
        "app/utils.py": "",
    },
    "qt": {"app/bootstrap.py": "import PySide6.QtCore"},
    "reportlab": {"app/usecases/offence.py": "from reportlab.pdfgen import canvas"},
    "sql": {"app/usecases/offence.py": "from sqlalchemy import select"},
    "network": {"app/ui/offence.py": "import socket"},
    "hub": {"app/sync/offence.py": "import hub"},
    "hub-layers": {
        "hub/storage/offence.py": "import hub.ingest",
        "hub/ingest/offence.py": "import hub.cli",
        "hub/utils.py": "",
    },
    "hub-app": {
        "hub/ingest/offence.py": "import app.services.context",
        "hub/storage/offence.py": "import app.models.enums",
        "hub/files.py": "import app.disk",
    },
    "hub-sql": {"hub/ingest/offence.py": "import psycopg"},
    "hub-web": {"hub/ingest/offence.py": "import starlette"},
    "outer-layers": {"app/ui/offence.py": "from app.models import dossier"},
    "documents-and-scans": {"app/printing/offence.py": "import app.models.dossier"},
    "wording": {"app/wording/offence.py": "import app.models.codes"},
    "codes-only": {"app/storage/offence.py": "import app.wording"},
    "standalone": {"app/sync/offence.py": "import app.models.errors"},
    "cycles": {"app/models/enums.py": "import app.models.lifecycle"},
    "independence": {"app/usecases/sync/export.py": "import app.usecases.reporting.frozen"},
    "pages": {"app/ui/intake/page.py": "import app.ui.dossier.page"},
}
"""Offences of each contract: the file and the line that breaks it. Each offence is tested alone."""


@pytest.fixture
def copied_project(tmp_path: Path) -> Path:
    for name in ("app", "hub"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder: Path, *arguments: str) -> Completed:
    command = [str(BINARIES / "lint-imports"), "--no-logo", "--no-cache", *arguments]
    return run(command, cwd=folder, PYTHONPATH=str(folder))


def test_every_contract_has_an_offence() -> None:
    assert set(CONTRACT_VIOLATIONS) == CONTRACT_IDS


def test_contracts_hold(copied_project: Path) -> None:
    process = lint_imports(copied_project)
    assert process.returncode == 0, process.stdout + process.stderr


@pytest.mark.parametrize(
    ("contract", "name", "line"),
    [(contract, *offence) for contract, files in CONTRACT_VIOLATIONS.items() for offence in files.items()],
)
def test_broken_contract_is_reported(copied_project: Path, contract: str, name: str, line: str) -> None:
    path = copied_project / name
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    process = lint_imports(copied_project, "--contract", contract)
    assert process.returncode == 1
    output = process.stdout + process.stderr
    assert "BROKEN" in process.stdout or "not listed as layers" in process.stdout, output


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import datetime; NOW = datetime.now()",
        "import datetime; NOW = datetime.datetime.now(datetime.UTC)",
        "from datetime import date; NOW = date.today()",
        "import time; NOW = time.time()",
        "from sqlalchemy.orm import Session",
        "from sqlalchemy import select",
    ],
)
def test_clock_and_sql_are_banned_in_use_cases(line: str) -> None:
    arguments = ("--stdin-filename", "app/usecases/offence.py", "--output-format", "json", "-")
    rows = json.loads(banned_calls(*arguments, text=f"{line}\n"))
    assert "TID251" in {row["code"] for row in rows}


def test_storage_writes_statements_and_reads_no_clock() -> None:
    """Look for clocks in storage, which is exempt from all banned calls.

    The exemption is removed here because ruff cannot allow statements alone.
    """
    arguments = ("app/storage", "--config", "lint.per-file-ignores = {}", "--output-format", "json")
    rows = json.loads(banned_calls(*arguments))
    assert [row["filename"] for row in rows if "Statements" in row["message"]]
    assert [(row["filename"], row["location"]["row"]) for row in rows if "clock" in row["message"]] == []


def banned_calls(*arguments: str, text: str | None = None) -> str:
    command = [str(BINARIES / "ruff"), "check", "--no-cache", "--select", "TID251", *arguments]
    return run(command, text=text).stdout


def test_only_disk_replaces_and_syncs_files() -> None:
    offences = {
        f"{relative(path)}:{node.lineno}"
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and writes_whole_file(node, node.func)
    }
    assert offences and {offence for offence in offences if not offence.startswith("app/disk.py:")} == set()


def writes_whole_file(call: ast.Call, function: ast.Attribute) -> bool:
    """Return whether a call writes, renames or syncs a file.

    Of the methods named `replace`, only `Path.replace` takes one positional argument.
    """
    if function.attr == "replace":
        of_os = isinstance(function.value, ast.Name) and function.value.id == "os"
        return of_os or (len(call.args) == 1 and not call.keywords)
    return function.attr in ("write_bytes", "write_text", "rename", "fsync")
