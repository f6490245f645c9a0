"""Interpreter, libraries and machine that the program relies on."""

import ast
import re
import sys

import pytest

from tests.architecture.project import PYPROJECT, ROOT, parse, run_python
from tests.support.xvfb import x_server


@pytest.mark.parametrize("name", ["main.py", "install.py", "app/disk.py"])
def test_lowest_modules_import_only_the_standard_library(name: str) -> None:
    own_modules = {"app.bootstrap"} if name == "main.py" else set()
    imported = {module for node in ast.walk(parse(ROOT / name)) for module in imported_modules(node)}
    assert own_modules < imported
    foreign = {module for module in imported if module.partition(".")[0] not in sys.stdlib_module_names}
    assert foreign == own_modules


def imported_modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_requirements_name_no_registry_and_agree_with_pyproject() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+==[\w.]+)", text, re.MULTILINE))
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"]
    pins = [*project["dependencies"], *extras["dev"], *extras["hub"]]
    required = {re.sub(r"\[.*\]", "", pin).lower() for pin in pins}
    assert "://" not in text and "--index-url" not in text and "--find-links" not in text
    assert required and required <= pinned


def test_sqlite_has_no_wal_reset_bug() -> None:
    from sqlcipher3 import dbapi2

    assert dbapi2.sqlite_version_info >= (3, 51, 3)


def test_qt_keeps_its_references_to_none() -> None:
    """Detect the reference leak of PySide6 6.12 on Python 3.11.

    There each void call loses one reference to None, and the process ends after about 5,700 calls.
    """
    program = """
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
field = QLineEdit()
for _ in range(20_000):
    field.setText("Nguyễn Thị Ẵm")
"""
    process = run_python(program)
    assert process.returncode == 0, process.stderr


@pytest.mark.posix
def test_qt_loads_its_xcb_libraries_on_an_x_server() -> None:
    """Qt ends the process if an xcb package that install.py names is missing."""
    program = "from PySide6.QtWidgets import QApplication as A; print(A([]).platformName())"
    with x_server() as display:
        process = run_python(program, DISPLAY=display, QT_QPA_PLATFORM="xcb")
    assert process.stdout.strip() == "xcb", process.stderr


def test_modules_outside_ui_import_without_qt() -> None:
    program = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "qtawesome"):
    sys.modules[name] = None
import app
for module in pkgutil.walk_packages(app.__path__, "app."):
    if not module.name.startswith("app.ui") and ".migrations" not in module.name:
        importlib.import_module(module.name)
        print(module.name)
"""
    process = run_python(program)
    assert process.returncode == 0, process.stderr
    imported = set(process.stdout.split())
    assert {"app.bootstrap", "app.cli", "app.usecases", "app.storage", "app.printing"} <= imported
