"""Papers of a supplement request, ticked one by one, and their answer.

A request writes its papers into the note, point by point, so that the form, `show` and the upload have them. The event
keeps them apart in its facts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.enums import Action, PaperFault
from app.models.errors import Refusal
from app.models.text import clean, visible_text
from app.models.values.reasons import is_reason
from app.services.effective_events import effective_events
from app.storage.rows import EventRow
from app.wording.documents import letters

ASKED_PAPERS, GIVEN_PAPERS = "asked_papers", "given_papers"
"""Facts of a supplement request and of a supplement."""
_REASON = re.compile(r"^\s*lý do\s*:\s*", re.IGNORECASE)
_NAME_LIMIT, _NOTE_LIMIT, _MOST = 1_000, 500, 200


@dataclass(frozen=True)
class AskedPaper:
    """A paper to supplement: its fault and a note.

    `fault` is None for content that no paper of the dossier names.
    """

    name: str
    fault: PaperFault | None = PaperFault.MISSING
    note: str = ""


def split_points(note: str) -> tuple[tuple[str, ...], str]:
    """Split a note into its points and its reason.

    The points are separated by line ends or «;». A point «Lý do: …» is the reason.
    """
    points = [clean(point) for point in re.split(r"[\n;]", note)]
    reasons = [_REASON.sub("", point) for point in points if _REASON.match(point)]
    items = tuple(point for point in points if point and not _REASON.match(point))
    return items, "; ".join(reasons) or letters.INCOMPLETE


def checked_papers(papers: Sequence[AskedPaper], action: Action) -> tuple[AskedPaper, ...]:
    """Return the papers with names and notes as stored.

    A wrong paper needs a note, because the citizen reads it.

    Raises Refusal `papers_without_supplement`, `out_of_range`, `text_too_long`, `letters_unseen`, `paper_fault_note`.
    """
    if action not in (Action.ASK_SUPPLEMENT, Action.SUPPLEMENT):
        raise Refusal("papers_without_supplement", "papers")
    if len(papers) > _MOST:
        raise Refusal("out_of_range", "papers", least=0, most=_MOST)
    checked = tuple(_checked(place, paper) for place, paper in enumerate(papers))
    return tuple(dict.fromkeys(paper for paper in checked if paper.name))


def _checked(place: int, paper: AskedPaper) -> AskedPaper:
    field = f"papers.{place}"
    name, note = _one_point(paper.name, field, _NAME_LIMIT), _one_point(paper.note, field, _NOTE_LIMIT)
    if (note and not is_reason(note)) or (paper.fault == PaperFault.WRONG and not note):
        raise Refusal("paper_fault_note", field, name=name)
    return AskedPaper(name, paper.fault, note)


def _one_point(text: str, field: str, limit: int) -> str:
    """Return a text that stays one point of the note."""
    if len(text) > limit:
        raise Refusal("text_too_long", field, limit=limit, length=len(text))
    return visible_text(text, field).replace(";", ",")


def note_with_papers(papers: Iterable[AskedPaper], action: Action, typed: str | None) -> str | None:
    """Return the note of the event: a point for each paper, then the rest.

    Raises Refusal `reason_short`.
    """
    asking = action == Action.ASK_SUPPLEMENT
    if asking and typed and not is_reason(typed):
        raise Refusal("reason_short", "note", text=typed)
    points = [letters.asked_paper(paper.name, paper.fault, paper.note) if asking else paper.name for paper in papers]
    return "; ".join((*points, *((typed,) if typed else ()))) or None


def papers_facts(papers: Sequence[AskedPaper], action: Action) -> dict[str, Any]:
    """Return the facts that the event keeps of the papers."""
    if action == Action.SUPPLEMENT:
        return {GIVEN_PAPERS: [paper.name for paper in papers]}
    return {ASKED_PAPERS: [_to_json(paper) for paper in papers]}


def require_all_given(requested: Iterable[AskedPaper], papers: Iterable[AskedPaper], typed: str | None) -> None:
    """Raise Refusal `supplement_lacking` if a paper is missing unexplained."""
    names = {paper.name for paper in papers}
    lacking = [paper.name for paper in requested if paper.name not in names]
    if lacking and not typed:
        raise Refusal("supplement_lacking", "note", names=", ".join(lacking))


def open_request(events: Sequence[EventRow]) -> tuple[AskedPaper, ...]:
    """Return what the last supplement request of a dossier asked for."""
    requests = (event for event in reversed(effective_events(events)) if event.action == Action.ASK_SUPPLEMENT)
    event = next(requests, None)
    if event is None:
        return ()
    papers = tuple(_from_json(each) for each in event.facts.get(ASKED_PAPERS, ()))
    lines = {letters.asked_paper(paper.name, paper.fault, paper.note) for paper in papers}
    others = (point for point in split_points(event.note or "")[0] if point not in lines)
    return (*papers, *(AskedPaper(point, None) for point in others))


def _to_json(paper: AskedPaper) -> dict[str, str]:
    return {"name": paper.name, "fault": (paper.fault or PaperFault.MISSING).value, "note": paper.note}


def _from_json(paper: Mapping[str, str]) -> AskedPaper:
    return AskedPaper(paper["name"], PaperFault(paper["fault"]), paper["note"])
