"""The program imports nothing of what the Windows package leaves out."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from windows import trim

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import importlib, io, json, sys
opened = set()
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and not arguments[0].endswith(".pyc"):
        opened.add(arguments[0])
sys.addaudithook(note)
from app import bootstrap
status = bootstrap.main(["--data", sys.argv[1], "self-check"])
status = status or bootstrap.main(["demo", "--out", sys.argv[1], "--now", "2026-02-09T08:00"])
for name in sys.argv[2:]:
    importlib.import_module(name)
from docx import Document
Document().save(io.BytesIO())
files = {str(module.__file__) for module in list(sys.modules.values()) if getattr(module, "__file__", None)}
print("FILES", json.dumps(sorted(files | {name for name in opened if ".dist-info" not in name})))
sys.exit(status)
"""


def windows_names(file: Path) -> Iterator[str]:
    """Yield how the Windows package may name an installed module."""
    parts = file.parts
    if "site-packages" in parts:
        place = len(parts) - 1 - parts[::-1].index("site-packages")
        name = "/".join(("Lib", *parts[place:]))
        yield name
        if file.suffix == ".so":
            folder, _, base = name.rpartition("/")
            yield f"{folder}/{base.partition('.')[0]}.pyd"


def left_out(file: Path) -> list[str]:
    """Return the rules that leave a module out."""
    rules = (trim.rule_of(name) for name in windows_names(file))
    return [rule.name for rule in rules if rule is not None]


def imported_names() -> set[str]:
    """Return every module that the program's sources import, at any depth."""
    names: set[str] = set()
    for source in (*sorted((ROOT / "app").rglob("*.py")), ROOT / "main.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
                names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in names if not name.startswith("app")}


def location(name: str) -> Path | None:
    """Return the file of a module; None for a name that is no module."""
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return None
    return Path(spec.origin) if spec is not None and spec.origin is not None else None


def test_no_import_of_the_program_is_left_out() -> None:
    files = {name: location(name) for name in imported_names()}
    assert {name: left_out(file) for name, file in files.items() if file is not None and left_out(file)} == {}
    assert sum(file is not None and "site-packages" in file.parts for file in files.values()) > 30


def test_nothing_that_a_day_of_work_imports_is_left_out(tmp_path: Path) -> None:
    """Compare the files that self-check and demonstration import or open.

    Every library that the program names is imported, and a Word document is written. Imports of the libraries
    themselves are among them.
    """
    names = [name for name in sorted(imported_names()) if (file := location(name)) and "site-packages" in file.parts]
    command = [sys.executable, "-c", RUN, str(tmp_path / "co-quan"), *names]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    files = json.loads(ended.stdout.rpartition("FILES ")[2])
    assert {file: left_out(Path(file)) for file in files if left_out(Path(file))} == {}
    assert len(files) > 1000


@pytest.mark.parametrize(
    "path",
    [
        "_sqlite3.pyd",
        "_wmi.pyd",
        "Lib/site-packages/PySide6/Qt6Quick.dll",
        "Lib/site-packages/PySide6/QtSql.pyd",
        "Lib/site-packages/PySide6/opengl32sw.dll",
        "Lib/site-packages/PySide6/plugins/imageformats/qwebp.dll",
        "Lib/site-packages/PySide6/plugins/tls/qopensslbackend.dll",
        "Lib/site-packages/PySide6/lupdate.exe",
        "Lib/site-packages/PySide6/QtCore.pyi",
        "Lib/site-packages/shiboken6/vcamp140.dll",
        "Lib/site-packages/PIL/_avif.cp313-win_amd64.pyd",
        "Lib/site-packages/PIL/_imagingft.cp313-win_amd64.pyd",
        "Lib/site-packages/lxml/objectify.cp313-win_amd64.pyd",
        "Lib/site-packages/sqlalchemy/orm/session.py",
        "Lib/site-packages/qtawesome/fonts/fontawesome6-solid-webfont-6.7.2.ttf",
        "Lib/site-packages/stdnum/vn/mst.py",
    ],
)
def test_left_out(path: str) -> None:
    assert trim.rule_of(path) is not None


@pytest.mark.parametrize(
    "path",
    [
        "python313.dll",
        "Lib/site-packages/PySide6/Qt6Network.dll",
        "Lib/site-packages/PySide6/plugins/platforms/qwindows.dll",
        "Lib/site-packages/PySide6/msvcp140_2.dll",
        "Lib/site-packages/lxml/_elementpath.cp313-win_amd64.pyd",
        "Lib/site-packages/sqlalchemy/ext/compiler.py",
        "Lib/site-packages/PySide6/plugins/imageformats/qjpeg.dll",
        "Lib/site-packages/sqlalchemy/dialects/oracle/cx_oracle.py",
        "Lib/site-packages/keyring-25.7.0.dist-info/entry_points.txt",
        "Lib/site-packages/_cffi_backend.cp313-win_amd64.pyd",
        "Lib/site-packages/docx/templates/default.docx",
        "program/app/ui/kit/page.py",
    ],
)
def test_kept(path: str) -> None:
    assert trim.rule_of(path) is None
