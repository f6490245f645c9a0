"""Drafts of a desk: a list that loses nothing."""

from typing import Any

from app.storage import journal
from app.usecases.intake.draft import MOST_DRAFTS, ListDrafts, SaveDraft, list_drafts, save_draft
from tests.support.offices import MORNING, Desk, at

NOON = at("2026-02-09T11:00")


def form(request_id: str, name: str = "Hồ Thị Bưởi", **values: Any) -> dict[str, Any]:
    """Return a half-filled form."""
    return {"request_id": request_id, "applicant": {"name": name}, **values}


def ids(desk: Desk, without: str = "") -> list[str]:
    """Return the request ids of the listed drafts."""
    return [str(line.form["request_id"]) for line in desk.office.read(list_drafts, ListDrafts(without), MORNING)]


def test_each_form_keeps_its_draft(desk: Desk) -> None:
    assert ids(desk) == []
    assert desk.office.write(save_draft, SaveDraft(form("a")), MORNING) == 0
    assert desk.office.write(save_draft, SaveDraft(form("b", procedure="2.000815")), NOON) == 1
    assert desk.office.write(save_draft, SaveDraft(form("a", "Hồ Thị Mận")), NOON) == 1
    assert ids(desk) == ["a", "b"] and ids(desk, without="a") == ["b"]
    newest = desk.office.read(list_drafts, ListDrafts(), MORNING)[0]
    assert newest.form["applicant"]["name"] == "Hồ Thị Mận"
    (line,) = desk.office.read(list_drafts, ListDrafts("a"), MORNING)
    assert "Chứng thực" in line.procedure and line.saved_at == NOON
    assert desk.office.write(save_draft, SaveDraft(None, "a"), NOON) == 1
    assert ids(desk) == ["b"]
    desk.office.write(save_draft, SaveDraft(None, "b"), NOON)
    assert ids(desk) == []


def test_draft_of_accepted_dossier_is_not_listed(desk: Desk) -> None:
    desk.office.write(save_draft, SaveDraft(form("a")), MORNING)
    desk.office.write(save_draft, SaveDraft(form("b")), MORNING)
    desk.take_in(request_id="b")
    assert ids(desk) == ["a"]


def test_draft_of_earlier_version_is_listed(desk: Desk) -> None:
    def store(_command: None, context: Any, work: Any) -> None:
        journal.save_draft(work, context.office.workstation, MORNING, form("a"))
        work.commit()

    desk.office.write(store, None, MORNING)
    assert ids(desk) == ["a"]
    desk.office.write(save_draft, SaveDraft(form("b")), MORNING)
    assert ids(desk) == ["b", "a"]


def test_oldest_draft_gives_way(desk: Desk) -> None:
    for number in range(MOST_DRAFTS + 2):
        desk.office.write(save_draft, SaveDraft(form(str(number))), MORNING)
    assert ids(desk) == [str(number) for number in range(MOST_DRAFTS + 1, 1, -1)]
