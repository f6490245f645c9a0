"""Definitions of modules are named again in the programs."""

import re
from collections import Counter

from tests.architecture.project import ROOT, relative

_DEFINITION = re.compile(r"^(?:def |class )?(\w+)(?:\(|:| =(?! Table\())", re.MULTILINE)
_WORD = re.compile(r"\w+")
_OF_TESTS = {
    "app/models/calendar.py: DEFAULT_HOURS",
    "app/printing/layout/text_metrics.py: use_fonts",
    "app/services/reporting/report_06a.py: form_report",
    "app/sync/ack.py: write_ack",
    "app/wording/refusals.py: known_codes",
}
"""Definitions for tests: usual hours, another folder of fonts, a report and an answer to read, all codes."""


def test_every_definition_is_used() -> None:
    texts = {
        relative(file): file.read_text(encoding="utf-8")
        for name in ("app", "hub")
        for file in (ROOT / name).rglob("*.py")
        if "migrations" not in file.parts
    }
    words = Counter(word for text in texts.values() for word in _WORD.findall(text))
    once = {f"{file}: {name}" for file, text in texts.items() for name in definitions(text) if words[name] == 1}
    assert once == _OF_TESTS


def test_definitions_of_a_module_are_found() -> None:
    lines = (
        "_KINDS: dict[str, int] = {}",
        "Seal = Table(",
        "class Row(Base):",
        "    size = 3",
        "def fact(n: int) -> int:",
    )
    assert definitions("\n".join(lines)) == ["_KINDS", "Row", "fact"]


def definitions(text: str) -> list[str]:
    """Return the names that begin a line of a module, without tables."""
    return [match[1] for match in _DEFINITION.finditer(text)]
