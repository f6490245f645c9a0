"""The glossary has every domain noun: the words of tables and enums."""

import re
from importlib import import_module

from app.models import enums
from app.models.mapping import metadata
from tests.architecture.project import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
_TABLES = ("citizens", "dossier", "journal", "law.tables", "office", "received.tables", "reports")
"""Modules of `app.models` that register a table."""
_PLAIN_WORDS = frozenset(
    (
        *("by", "content", "day", "entry", "face", "gender", "head", "kind", "list", "name"),
        *("number", "request", "row", "size", "state", "text", "unit"),
    )
)
_WORD = re.compile(r"[A-Z][a-z0-9]*|[a-z0-9]+")


def test_every_domain_noun_is_explained() -> None:
    for name in _TABLES:
        import_module(f"app.models.{name}")
    classes = [name for name, value in vars(enums).items() if getattr(value, "__module__", "") == enums.__name__]
    words = {word.lower() for name in (*classes, *metadata.tables) for word in _WORD.findall(name)}
    assert len(words) > 60
    assert {word for word in words - _PLAIN_WORDS if not re.search(rf"\b{word}", GLOSSARY)} == set()
