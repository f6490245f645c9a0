"""Each example of docs/law-packages.md is built, shown and applied."""

import re
from pathlib import Path

import pytest

from app.models.law.rule import KINDS
from app.services.law_packages.drafting import draft_law, new_issuer_key
from app.services.law_packages.planning import CALENDAR_DAY, PROCEDURE
from app.usecases.law.packages import ApplyLaw, LawPreview, RevertLaw, ShowLaw, apply_law, revert_package, show_law
from tests.architecture.project import ROOT
from tests.support.offices import MORNING, Desk

PAGE = (ROOT / "docs" / "law-packages.md").read_text(encoding="utf-8")
_FILE = re.compile(r"^`([\w.-]+)`:\n\n```\w+\n(.*?)^```$", re.M | re.S)
EXAMPLES = [files for section in PAGE.split("\n## ")[1:] if "law.toml" in (files := dict(_FILE.findall(section)))]
KEY = new_issuer_key()


def build(example: dict[str, str], folder: Path) -> bytes:
    for name, text in example.items():
        (folder / name).write_text(text, encoding="utf-8")
    return draft_law(folder, KEY, MORNING)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["law.toml"].split('"')[1])
def test_example_is_applied_and_taken_back(example: dict[str, str], desk: Desk, tmp_path: Path) -> None:
    data = build(example, tmp_path)
    shown: LawPreview = desk.office.read(show_law, ShowLaw(data, KEY.fingerprint), MORNING)
    assert shown.changes and not any("skipped" in change.new for change in shown.changes)
    assert desk.office.write(apply_law, ApplyLaw(data, None, KEY.fingerprint), MORNING).changes == shown.changes
    desk.office.write(revert_package, RevertLaw(shown.id, "thử"), MORNING)
    assert desk.check().ok


def test_every_kind_has_an_example(desk: Desk, tmp_path: Path) -> None:
    shown = [
        desk.office.read(show_law, ShowLaw(build(example, tmp_path), KEY.fingerprint), MORNING) for example in EXAMPLES
    ]
    assert {change.kind for preview in shown for change in preview.changes} >= {*KINDS, PROCEDURE, CALENDAR_DAY}
