"""What the second code of a kept copy tells beside the dossier's facts: address and papers, as short as a code must be,
and how they are read again."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.enums import Handling
from app.models.procedures import CataloguePaper
from app.services.intake.command import SubmittedPaper
from app.services.versions import as_version, procedure_of
from app.storage import catalogue
from app.storage.rows import DossierRow
from app.storage.uow import Reading
from app.sync.canonical import canonical_json
from app.wording.rebuild import NAMELESS_PAPER, paper_by_place

VERSION = 2
"""Of the fields: 1 told neither address nor papers."""
MAX_ADDRESS_LENGTH, MAX_PAPER_NAME_LENGTH = 120, 60
_MAX_PAPERS, _MAX_COUNT = 200, 10_000
_HANDLINGS = {"n": Handling.SUBMIT, "x": Handling.SHOW, "t": Handling.LOOKUP}
_HANDLING_CODES = {handling: letter for letter, handling in _HANDLINGS.items()}


def listed_papers(row: DossierRow, work: Reading) -> tuple[CataloguePaper, ...]:
    """The papers that the procedure asked for in the version the dossier came in under."""
    procedure = procedure_of(row, work)
    return () if procedure is None else procedure.papers


def papers_to_json(
    papers: Iterable[Mapping[str, Any]], address: str | None, listed: Sequence[CataloguePaper]
) -> dict[str, Any]:
    """Fields of the code: `v`, `a` address, `x` the mark of the list in force, `l` the papers. A paper of the list is
    its place in it, with counts where they are not the list's; any other its name, handling and counts."""
    fields: dict[str, Any] = {"v": VERSION, "l": [_paper_to_json(paper, listed) for paper in papers]}
    if any(not isinstance(item, list) or isinstance(item[0], int) for item in fields["l"]):
        fields["x"] = _list_fingerprint(listed)
    if address:
        fields["a"] = _truncate(address, MAX_ADDRESS_LENGTH)
    return fields


def shorten(fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same without the longest of its free texts, `o` counting those left out; None where none is left."""
    named = {n: item[0] for n, item in enumerate(fields["l"]) if isinstance(item, list)}
    texts = {n: text for n, text in named.items() if text and _is_text(text)}
    longest = max(texts, key=lambda n: len(texts[n]), default=None)
    address = fields.get("a", "")
    if longest is None and not address:
        return None
    left = {**fields, "o": fields.get("o", 0) + 1}
    if longest is None or len(address) >= len(texts[longest]):
        return {name: value for name, value in left.items() if name != "a"}
    return {**left, "l": [["", *item[1:]] if n == longest else item for n, item in enumerate(fields["l"])]}


@dataclass(frozen=True)
class ArchivedPapers:
    """What a code says of the papers, before the catalogue is asked for their names; None for a code of version 1."""

    items: tuple[Any, ...] | None = None
    mark: str = ""
    left_out: int = 0


def parse_archived_papers(fields: Mapping[str, Any]) -> ArchivedPapers:
    """The papers of an opened code. Raises ValueError, TypeError or KeyError for what was not made by
    `papers_to_json`."""
    version = fields.get("v", 1)
    if version == 1:
        return ArchivedPapers()
    items = fields["l"]
    if version != VERSION or not isinstance(items, list) or len(items) > _MAX_PAPERS:
        raise ValueError(version)
    for item in items:
        _paper_from_json(item, ())
    return ArchivedPapers(tuple(items), str(fields.get("x", "")), _whole_number(fields.get("o", 0)))


def resolve_papers(papers: ArchivedPapers, procedure: str, work: Reading) -> tuple[SubmittedPaper, ...]:
    """The papers by name: of whichever version of the procedure had the list that the code was made from; where this
    office knows no such version, by their place."""
    lists = (as_version(row).procedure.papers for row in catalogue.versions_of_procedure(work, procedure))
    listed = next((each for each in lists if _list_fingerprint(each) == papers.mark), ())
    return tuple(_paper_from_json(item, listed) for item in papers.items or ())


def _paper_to_json(paper: Mapping[str, Any], listed: Sequence[CataloguePaper]) -> Any:
    counts = [paper["originals"], paper["copies"]]
    for place, each in enumerate(listed):
        if (each.name, each.handling) == (paper["name"], paper["handling"]):
            return place if [each.originals, each.copies] == counts else [place, *counts]
    return [_truncate(paper["name"], MAX_PAPER_NAME_LENGTH), _HANDLING_CODES[Handling(paper["handling"])], *counts]


def _paper_from_json(item: Any, listed: Sequence[CataloguePaper]) -> SubmittedPaper:
    place, *rest = item if isinstance(item, list) else [item]
    if _is_text(place):
        letter, originals, copies = rest
        return SubmittedPaper(
            place or NAMELESS_PAPER, _HANDLINGS[letter], _whole_number(originals), _whole_number(copies)
        )
    known = listed[_whole_number(place)] if _whole_number(place) < len(listed) else None
    usual = (0, 0) if known is None else (known.originals, known.copies)
    originals, copies = [_whole_number(count) for count in rest] or usual
    if known is None:
        return SubmittedPaper(paper_by_place(place + 1), Handling.SUBMIT, originals, copies)
    return SubmittedPaper(known.name, known.handling, originals, copies)


def _list_fingerprint(listed: Sequence[CataloguePaper]) -> str:
    """Six letters by which a list of papers is known again: another list has others."""
    spelled = canonical_json([[each.name, each.handling.value, each.originals, each.copies] for each in listed])
    return urlsafe_b64encode(hashlib.sha256(spelled).digest())[:6].decode()


def _truncate(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _is_text(value: object) -> bool:
    if not isinstance(value, str):
        return False
    if len(value) > MAX_ADDRESS_LENGTH:
        raise ValueError(len(value))
    return True


def _whole_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MAX_COUNT:
        raise ValueError(value)
    return value
