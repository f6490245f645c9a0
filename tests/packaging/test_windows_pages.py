"""Claims of docs/windows-tests.md name tests and scenarios that exist."""

import re
from pathlib import Path

from windows import smoke

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "windows-tests.md").read_text(encoding="utf-8")


def test_named_tests_exist() -> None:
    named = re.findall(r"`(tests/[a-z0-9_/]+\.py)`: ((?:`test_[a-z0-9_]+`(?:, )?)+)", PAGE)
    pairs = [(file, test) for file, tests in named for test in re.findall(r"test_[a-z0-9_]+", tests)]
    missing = [pair for pair in pairs if f"def {pair[1]}(" not in (ROOT / pair[0]).read_text(encoding="utf-8")]
    assert len(pairs) > 60 and missing == []


def test_named_scenarios_are_those_of_the_smoke_test() -> None:
    known = {scenario.__name__ for scenario in (*smoke.SCENARIOS, smoke.build_again, smoke.sign_by_hook)}
    lists = re.findall(r"smoke ((?:`[a-z_]+`(?:, )?)+)", PAGE)
    assert {name for names in lists for name in re.findall(r"[a-z_]+", names)} <= known
    assert known <= set(re.findall(r"`([a-z_]+)`", PAGE))
