"""Pages for developers name paths and definitions that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.project import ROOT

PAGES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md", "docs/rules.md", "docs/states.md")
_FOLDERS = ("app", "hub", "tests", "benchmarks", "packaging", "resources", "docs")
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(rf"(?:{'|'.join(_FOLDERS)})/[\w./*-]+|[\w/-]+\.py")
_NAME = re.compile(r"_?[A-Z][A-Z_]{3,}|_[a-z_]{3,}|(?:[A-Z][a-z]+){2,}")
_PATTERN = "m000N_subject.py"
_EXAMPLE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_named_paths_exist(page: str) -> None:
    paths = {word for word in words_of(page) if _PATH.fullmatch(word) and not word.endswith(_PATTERN)}
    assert paths or page in ("README.md", "docs/glossary.md")
    assert [path for path in sorted(paths) if not _exists(path)] == []


@pytest.mark.parametrize("page", PAGES)
def test_named_definitions_exist(page: str) -> None:
    names = {word for word in words_of(page) if _NAME.fullmatch(word)}
    assert names - defined_names() == set()


def words_of(page: str) -> list[str]:
    """Return the words of a page that are marked as code."""
    return _CODE.findall(_EXAMPLE.sub("", (ROOT / page).read_text(encoding="utf-8")))


def _exists(path: str) -> bool:
    """Return whether a path exists, whole or as the end of one below `app`."""
    return next(ROOT.glob(path), None) is not None or next((ROOT / "app").rglob(path), None) is not None


@cache
def defined_names() -> frozenset[str]:
    """Return the names that the programs define."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for name in ("app", "hub") for file in _sources(name)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return frozenset(named | stored)


def _sources(folder: str) -> list[Path]:
    return list((ROOT / folder).rglob("*.py"))
