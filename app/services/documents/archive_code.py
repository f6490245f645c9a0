"""Address and papers in the archive code.

The archive code is the second QR code of an archived copy. Address and papers are shortened to fit the code; papers
are resolved again from the catalogue.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.enums import Handling
from app.models.procedures import CataloguePaper
from app.services.intake.command import SubmittedPaper
from app.services.versions import as_version
from app.storage import catalogue
from app.storage.uow import Reading
from app.sync.canonical import canonical_json
from app.wording.rebuild import NAMELESS_PAPER, paper_by_place

VERSION = 2
"""Version of the fields; version 1 had neither address nor papers."""
MAX_ADDRESS_LENGTH, MAX_PAPER_NAME_LENGTH = 120, 60
_MAX_PAPERS, _MAX_COUNT = 200, 10_000
_HANDLINGS = {"n": Handling.SUBMIT, "x": Handling.SHOW, "t": Handling.LOOKUP}
_HANDLING_CODES = {handling: code for code, handling in _HANDLINGS.items()}


def papers_to_json(
    papers: Iterable[Mapping[str, Any]], address: str | None, listed: Sequence[CataloguePaper]
) -> dict[str, Any]:
    """Return the fields of the code for address and papers.

    `v` is the version, `a` the address, `x` the fingerprint of the procedure's list, `l` the papers. A paper of the
    list is its position, with counts if they differ; any other paper is its name, handling and counts.
    """
    fields: dict[str, Any] = {"v": VERSION, "l": [_paper_to_json(paper, listed) for paper in papers]}
    if any(not isinstance(item, list) or isinstance(item[0], int) for item in fields["l"]):
        fields["x"] = _list_fingerprint(listed)
    if address:
        fields["a"] = _truncate(address, MAX_ADDRESS_LENGTH)
    return fields


def shorten(fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the fields without their longest free text.

    `o` counts the texts that were omitted. None if there is no free text left.
    """
    named = {n: item[0] for n, item in enumerate(fields["l"]) if isinstance(item, list)}
    texts = {n: text for n, text in named.items() if text and _is_text(text)}
    longest = max(texts, key=lambda n: len(texts[n]), default=None)
    address = fields.get("a", "")
    if longest is None and not address:
        return None
    shorter = {**fields, "o": fields.get("o", 0) + 1}
    if longest is None or len(address) >= len(texts[longest]):
        return {name: value for name, value in shorter.items() if name != "a"}
    return {**shorter, "l": [["", *item[1:]] if n == longest else item for n, item in enumerate(fields["l"])]}


@dataclass(frozen=True)
class ArchivedPapers:
    """Papers of an archive code, not yet resolved.

    `items` is None for a code of version 1. `mark` is the fingerprint of the list. `omitted` counts omitted texts.
    """

    items: tuple[Any, ...] | None = None
    mark: str = ""
    omitted: int = 0


def parse_archived_papers(fields: Mapping[str, Any]) -> ArchivedPapers:
    """Return the papers of an archive code.

    Raises ValueError, TypeError or KeyError for fields that `papers_to_json` does not write.
    """
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
    """Return the papers with names.

    The names are those of the procedure version with the same fingerprint. Without such a version a paper is named
    after its position.
    """
    lists = (as_version(row).procedure.papers for row in catalogue.versions_of_procedure(work, procedure))
    listed = next((listed for listed in lists if _list_fingerprint(listed) == papers.mark), ())
    return tuple(_paper_from_json(item, listed) for item in papers.items or ())


def _paper_to_json(paper: Mapping[str, Any], listed: Sequence[CataloguePaper]) -> Any:
    counts = [paper["originals"], paper["copies"]]
    for place, known in enumerate(listed):
        if (known.name, known.handling) == (paper["name"], paper["handling"]):
            return place if [known.originals, known.copies] == counts else [place, *counts]
    return [_truncate(paper["name"], MAX_PAPER_NAME_LENGTH), _HANDLING_CODES[Handling(paper["handling"])], *counts]


def _paper_from_json(item: Any, listed: Sequence[CataloguePaper]) -> SubmittedPaper:
    place, *rest = item if isinstance(item, list) else [item]
    if _is_text(place):
        handling, originals, copies = rest
        return SubmittedPaper(
            place or NAMELESS_PAPER, _HANDLINGS[handling], _whole_number(originals), _whole_number(copies)
        )
    known = listed[_whole_number(place)] if _whole_number(place) < len(listed) else None
    default = (0, 0) if known is None else (known.originals, known.copies)
    originals, copies = [_whole_number(count) for count in rest] or default
    if known is None:
        return SubmittedPaper(paper_by_place(place + 1), Handling.SUBMIT, originals, copies)
    return SubmittedPaper(known.name, known.handling, originals, copies)


def _list_fingerprint(listed: Sequence[CataloguePaper]) -> str:
    """Return six characters that identify a list of papers."""
    content = canonical_json([[paper.name, paper.handling.value, paper.originals, paper.copies] for paper in listed])
    return urlsafe_b64encode(hashlib.sha256(content).digest())[:6].decode()


def _truncate(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


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
