"""Bytecode of the Windows package: as its source, without docstrings."""

import subprocess
import sys
from pathlib import Path

import pytest
from windows import bytecode

_SOURCE = '''# -*- coding: utf-8 -*-
"""Module."""
from __future__ import annotations


class Dossier:
    """Class."""


def accept(name: str) -> str:
    """Function."""
    def inner() -> None:
        """Alone."""
    assert name, "tên"
    return f"{inner()}, {name}"


NOTE = accept("Hộ tịch")
'''
_LIST = (
    "import a.b as m; print(m.__doc__, m.Dossier.__doc__, m.accept.__doc__, m.accept.__code__.co_filename)\n"
    "print(ascii(m.NOTE))\n"
    "try: m.accept('')\n"
    "except AssertionError as error: print(error.__traceback__.tb_next.tb_lineno)\n"
)


def test_sources_run_without_docstrings_but_with_assertions(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    source = tmp_path / "a" / "b.py"
    source.write_text(_SOURCE, encoding="utf-8")
    assert [bytecode.main(tmp_path, share, 2) for share in range(2)] == [0, 0]
    source.unlink()
    answer = subprocess.run(
        [sys.executable, "-c", _LIST], cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8", check=True
    ).stdout.splitlines()
    assert answer == ["None None None a/b.py", ascii("None, Hộ tịch"), "14"]


def test_a_source_that_does_not_compile_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.py").write_text("print 'x'\n", encoding="utf-8")
    bytecode.main(tmp_path, 0, 1)
    assert capsys.readouterr().out == "not compiled: old.py: SyntaxError\n"
    assert not (tmp_path / "old.pyc").exists()
