"""Sizes of folders, files and functions; complexity is checked by ruff."""

import ast
import statistics
from collections import Counter
from collections.abc import Iterator

from tests.architecture.project import PACKAGES, PYPROJECT, ROOT, files_of_tests, parse, relative, source_files

MAX_FILE_LINES, MAX_TEST_FILE_LINES = 500, 700
"""Files are reviewed from 400 lines."""
MAX_FOLDER_MODULES = 26
MAX_BODY_LINES, MAX_CONSTRUCTOR_LINES = 50, 45
Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_every_package_has_a_card() -> None:
    packages = [path for name in PACKAGES for path in (ROOT / name).rglob("__init__.py")]
    without_card = []
    for path in packages:
        card = ast.get_docstring(parse(path)) or ""
        if not 4 <= len([line for line in card.splitlines() if line.strip()]) <= 8:
            without_card.append(relative(path))
    assert len(packages) >= 9 and without_card == []


def test_no_file_is_too_long() -> None:
    too_long = {
        relative(path): lines
        for paths, limit in ((source_files(), MAX_FILE_LINES), (files_of_tests(), MAX_TEST_FILE_LINES))
        for path in paths
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit
    }
    assert too_long == {}


def test_no_folder_holds_too_many_modules() -> None:
    modules = [path for name in ("app", "tests") for path in (ROOT / name).rglob("*.py") if path.name != "__init__.py"]
    counts = Counter(relative(path.parent) for path in modules)
    assert len(counts) > 40
    too_large = {folder: count for folder, count in counts.items() if count > MAX_FOLDER_MODULES}
    assert too_large == {}


def test_functions_are_short() -> None:
    """Half of all bodies have at most 8 lines and 95 % at most 30."""
    sizes = dict(function_sizes())
    too_long = {
        name: size
        for name, size in sizes.items()
        if size > (MAX_CONSTRUCTOR_LINES if name.endswith("__init__") else MAX_BODY_LINES)
    }
    assert too_long == {}
    ordered = sorted(sizes.values())
    assert statistics.median(ordered) <= 8
    assert ordered[int(len(ordered) * 0.95)] <= 30, {name: size for name, size in sizes.items() if size > 30}


def function_sizes() -> Iterator[tuple[str, int]]:
    """Yield place and name of each function with its lines of body."""
    for path in source_files():
        for node in ast.walk(parse(path)):
            if isinstance(node, Function):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                size = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                yield f"{relative(path)}:{node.lineno} {node.name}", size


def test_ruff_limits_complexity_to_eight() -> None:
    lint = PYPROJECT["tool"]["ruff"]["lint"]
    assert "C90" in lint["select"] and lint["mccabe"]["max-complexity"] == 8
    assert not any("C90" in rule for rules in lint["per-file-ignores"].values() for rule in rules)
