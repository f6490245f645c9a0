"""Claims of docs/trust.md and SECURITY.md name tests that exist."""

import re
from pathlib import Path

import pytest

from benchmarks.run import PROMISES
from tests.faults.__main__ import RUNS

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("docs/trust.md", "SECURITY.md")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def rows_of(page: str, heading: str) -> list[list[str]]:
    """Return the cells of the table rows below a heading, without the head."""
    part = text_of(page).split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")]
    return rows[2:]


@pytest.mark.parametrize("page", PAGES)
def test_named_tests_exist(page: str) -> None:
    known = {
        path.relative_to(ROOT / "tests").with_suffix("").as_posix() for path in (ROOT / "tests").rglob("test_*.py")
    }
    names = {name for name in re.findall(r"`(?:tests/)?([a-z_/]*test_[a-z0-9_]+)(?:\.py)?`", text_of(page))}
    missing = [name for name in names if not any(each == name or each.endswith(f"/{name}") for each in known)]
    assert len(names) > 10 and missing == []


@pytest.mark.parametrize("page", PAGES)
def test_named_paths_of_tests_exist(page: str) -> None:
    paths = set(re.findall(r"tests/[a-z0-9_/]+\.py", text_of(page)))
    assert len(paths) > 10 and [path for path in paths if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("page", PAGES)
def test_named_commands_exist(page: str) -> None:
    text = text_of(page)
    runs = {name for words in re.findall(r"`python -m tests\.faults ([^`]+)`", text) for name in words.split()}
    benchmarks = {name for words in re.findall(r"`python -m benchmarks ([^`]+)`", text) for name in words.split()}
    assert {name for name in runs if not name.startswith("-") and not name.isdigit()} <= RUNS.keys()
    assert {name for name in benchmarks if not name.startswith("-")} <= PROMISES.keys()


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("docs/trust.md", "No acknowledged data is lost"),
        ("docs/trust.md", "Faults of the machine"),
        ("docs/trust.md", "Attacks kept as tests"),
        ("SECURITY.md", "Threats"),
    ],
)
def test_each_row_names_a_test_or_a_command(page: str, heading: str) -> None:
    rows = rows_of(page, heading)
    without = [row[0] for row in rows if not re.search(r"test_|python -m|the same", row[-1])]
    assert len(rows) >= 8 and without == []
