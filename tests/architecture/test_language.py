"""Language of the code base: plain words, short docstring summaries."""

from pathlib import Path

import pytest

from tests.architecture.language import MAX_SUMMARY_LENGTH, file_offences, offences
from tests.architecture.project import ROOT

COVERED = [
    *("app", "hub", "benchmarks", "packaging", "tests", "docs"),
    *("install.py", "main.py", "setup.py", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
]
"""Files and folders whose language is checked."""


@pytest.mark.parametrize("path", COVERED)
def test_language_is_plain(path: str) -> None:
    assert (ROOT / path).exists()
    problems = [f"{place}: {problem}" for place, problem in offences([ROOT / path])]
    assert problems == [], "\n".join(["", *problems])


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('"""The clerk is told."""\n', "told"),
        ('LIMIT = 1\n"""What the file says."""\n', "says"),
        ('def read():\n    """Return what stands in the file."""\n', "stands"),
        ("x = 1  # nobody reads it\n", "nobody"),
        ("told = 1\n", "told"),
        ("def read(found):\n    return found\n", "found"),
        ("for kept in ():\n    pass\n", "kept"),
        ("with open('a') as made:\n    pass\n", "made"),
        ("import json as said\n", "said"),
        ("def test_whoever_asks_is_answered():\n    pass\n", "whoever"),
        ("class HouseRule:\n    pass\n", "HouseRule"),
        ("class Row:\n    reckoned: int = 0\n", "reckoned"),
        (f'"""{"x" * (MAX_SUMMARY_LENGTH + 1)}"""\n', "summary"),
    ],
)
def test_offence_in_source_is_reported(tmp_path: Path, source: str, problem: str) -> None:
    file = tmp_path / "example.py"
    file.write_text(source, encoding="utf-8")
    assert [problem in offence.problem for offence in file_offences(file)] == [True]


@pytest.mark.parametrize(
    "source",
    [
        '"""Return «told», `said` or "nobody"."""\n',
        'text = "nobody told"\n',
        "class Row:\n    winding: bool = False\n",
        "from hypothesis import given\n",
        "read(said=1, kept=2)\n",
        f'"""{"x" * MAX_SUMMARY_LENGTH}"""\n',
    ],
)
def test_quoted_words_and_frozen_fields_are_allowed(tmp_path: Path, source: str) -> None:
    file = tmp_path / "example.py"
    file.write_text(source, encoding="utf-8")
    assert file_offences(file) == []


def test_markdown_is_checked_outside_code(tmp_path: Path) -> None:
    file = tmp_path / "example.md"
    file.write_text("# Title\n\n```\ntold\n```\n\nThe file `told` lies there.\n", encoding="utf-8")
    assert [offence.place for offence in file_offences(file)] == ["example.md:7"]
