"""The house itself: its walls ring, its budgets hold, and it stands on the ground it was built for."""

import ast
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.xvfb import x_server

REPOSITORY = Path(__file__).resolve().parents[2]
BINARIES = Path(sys.executable).parent
PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]
PACKAGES = [name for name in ("app", "hub", "benchmarks") if (REPOSITORY / name / "__init__.py").exists()]
Completed = subprocess.CompletedProcess[str]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*, tests: bool = False) -> list[Path]:
    """Every Python file of the house that git would keep, or of its tests."""
    if tests:
        return sorted((REPOSITORY / "tests").rglob("*.py"))
    inside = [path for room in (*PACKAGES, "packaging") for path in (REPOSITORY / room).rglob("*.py")]
    return sorted([*REPOSITORY.glob("*.py"), *inside])


def run(command: list[str], *, cwd: Path = REPOSITORY, text: str | None = None, **environment: str) -> Completed:
    surroundings = {**os.environ, **environment}
    return subprocess.run(
        command, cwd=cwd, env=surroundings, input=text, capture_output=True, encoding="utf-8", check=False
    )


def run_python(program: str, **environment: str) -> Completed:
    return run([sys.executable, "-W", "error", "-c", program], **environment)


# --- what the house stands on


@pytest.mark.parametrize("name", ["main.py", "install.py", "app/disk.py"])
def test_lowest_modules_need_only_the_standard_library(name: str) -> None:
    ours = {"app.bootstrap"} if name == "main.py" else set()
    tree = ast.parse((REPOSITORY / name).read_text(encoding="utf-8"))
    found = {module for node in ast.walk(tree) for module in imported(node)}
    assert ours < found
    assert {module for module in found - ours if module.partition(".")[0] not in sys.stdlib_module_names} == set()


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_pins_name_no_registry_and_agree_with_the_project() -> None:
    text = (REPOSITORY / "requirements.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+==[\w.]+)", text, re.MULTILINE))
    project = PYPROJECT["project"]
    wanted = {pin.lower() for pin in [*project["dependencies"], *project["optional-dependencies"]["dev"]]}
    assert "://" not in text and "--index-url" not in text and "--find-links" not in text
    assert wanted and wanted <= pinned


def test_sqlite_is_free_of_the_wal_reset_bug() -> None:
    from sqlcipher3 import dbapi2

    assert dbapi2.sqlite_version_info >= (3, 51, 3)


def test_qt_keeps_its_references_to_none() -> None:
    """PySide6 6.12 on Python 3.11 loses one at every void call and ends after some 5,700 of them."""
    program = """
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
field = QLineEdit()
for _ in range(20_000):
    field.setText("Nguyễn Thị Ẵm")
"""
    ended = run_python(program)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.posix
def test_the_window_finds_its_libraries_on_a_real_x_server() -> None:
    """Without one of the xcb packages that install.py names, Qt ends the process here."""
    program = "from PySide6.QtWidgets import QApplication as A; print(A([]).platformName())"
    with x_server() as display:
        ended = run_python(program, DISPLAY=display, QT_QPA_PLATFORM="xcb")
    assert ended.stdout.strip() == "xcb", ended.stderr


def test_the_core_lives_without_qt() -> None:
    """Everything but the window imports where no Qt is installed: the terminal, a task, a test need none."""
    program = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "qtawesome"):
    sys.modules[name] = None
import app
for found in pkgutil.walk_packages(app.__path__, "app."):
    if not found.name.startswith("app.ui") and ".migrations" not in found.name:
        importlib.import_module(found.name)
        print(found.name)
"""
    ended = run_python(program)
    assert ended.returncode == 0, ended.stderr
    assert {"app.bootstrap", "app.cli", "app.usecases", "app.storage", "app.printing"} <= set(ended.stdout.split())


# --- rooms and budgets


def test_every_package_has_its_room_card() -> None:
    packages = [path for room in PACKAGES for path in (REPOSITORY / room).rglob("__init__.py")]
    unsaid = []
    for path in packages:
        card = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if not 4 <= len([line for line in card.splitlines() if line.strip()]) <= 8:
            unsaid.append(path.relative_to(REPOSITORY).as_posix())
    assert len(packages) >= 9 and unsaid == []


def test_no_file_is_too_long() -> None:
    """At most 500 lines; a test file may have 700."""
    long = {
        path.relative_to(REPOSITORY).as_posix(): lines
        for tests, most in ((False, 500), (True, 700))
        for path in sources(tests=tests)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > most
    }
    assert long == {}


def test_functions_keep_their_budget() -> None:
    """Lines of body without docstring: median ≤ 8, 95 % ≤ 30, none over 50, a constructor ≤ 45."""
    sizes = {f"{path.relative_to(REPOSITORY)}:{node.lineno} {node.name}": size for path, node, size in functions()}
    counted = sorted(sizes.values())
    over = {where: size for where, size in sizes.items() if size > (45 if where.endswith("__init__") else 50)}
    assert over == {}
    assert statistics.median(counted) <= 8
    assert counted[int(len(counted) * 0.95)] <= 30, {where: size for where, size in sizes.items() if size > 30}


def functions() -> Iterator[tuple[Path, Function, int]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                yield path, node, (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


# --- walls

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
    "outer-layers": {"app/ui/offence.py": "from app.models import dossier"},
    "documents-and-scans": {"app/printing/offence.py": "import app.models.dossier"},
    "wording": {"app/wording/offence.py": "import app.models.codes"},
    "codes-only": {"app/storage/offence.py": "import app.wording"},
    "standalone": {"app/sync/offence.py": "import app.models.errors"},
    "cycles": {"app/models/enums.py": "import app.models.lifecycle"},
    "independence": {"app/usecases/sync/export.py": "import app.usecases.reporting.fees"},
    "pages": {"app/ui/intake/page.py": "import app.ui.dossier.page"},
}
"""For each wall the files that break it, each by itself: what is added to which."""


@pytest.fixture
def copied_project(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder: Path, *arguments: str) -> Completed:
    command = [str(BINARIES / "lint-imports"), "--no-logo", "--no-cache", *arguments]
    return run(command, cwd=folder, PYTHONPATH=str(folder))


def test_every_wall_is_tried() -> None:
    assert {contract["id"] for contract in CONTRACTS} == set(CONTRACT_VIOLATIONS)


def test_the_walls_stand(copied_project: Path) -> None:
    ended = lint_imports(copied_project)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("wall", "name", "line"),
    [(wall, *offence) for wall, files in CONTRACT_VIOLATIONS.items() for offence in files.items()],
)
def test_a_wall_rings_when_it_is_broken(copied_project: Path, wall: str, name: str, line: str) -> None:
    path = copied_project / name
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    ended = lint_imports(copied_project, "--contract", wall)
    assert ended.returncode == 1
    assert "BROKEN" in ended.stdout or "not listed as layers" in ended.stdout, ended.stdout + ended.stderr


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
def test_a_clock_or_a_session_outside_its_room_is_refused(line: str) -> None:
    assert "TID251" in banned("--stdin-filename", "app/usecases/offence.py", "-", text=f"{line}\n")


def test_storage_may_write_statements_but_reads_no_clock() -> None:
    """Statements excuse storage from all banned calls at once: here the excuse is taken away and clocks are sought."""
    found = json.loads(banned("app/storage", "--config", "lint.per-file-ignores = {}", "--output-format", "json"))
    assert [row["filename"] for row in found if "Statements" in row["message"]]
    assert [(row["filename"], row["location"]["row"]) for row in found if "clock" in row["message"]] == []


def test_files_are_replaced_and_synced_in_disk_alone() -> None:
    """Of the methods named `replace`, `Path.replace` alone takes one positional argument."""
    offences = {
        f"{path.relative_to(REPOSITORY).as_posix()}:{node.lineno}"
        for path in (REPOSITORY / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and writes_whole_file(node, node.func)
    }
    assert offences and {offence for offence in offences if not offence.startswith("app/disk.py:")} == set()


def writes_whole_file(call: ast.Call, function: ast.Attribute) -> bool:
    if function.attr == "replace":
        of_os = isinstance(function.value, ast.Name) and function.value.id == "os"
        return of_os or (len(call.args) == 1 and not call.keywords)
    return function.attr in ("write_bytes", "write_text", "rename", "fsync")


def banned(*arguments: str, text: str | None = None) -> str:
    command = [str(BINARIES / "ruff"), "check", "--no-cache", "--select", "TID251", *arguments]
    return run(command, text=text).stdout
