"""Packages that come with the program, and the law that they carry."""

from datetime import date
from pathlib import Path

import pytest

from app.services.law_packages.drafting import draft_law, new_issuer_key
from app.services.law_packages.offered import shipped_laws
from app.sync.law_package import read_law_package
from app.usecases.law.offered import CountOfferedLaws, count_offered_laws
from app.usecases.law.packages import (
    ApplyLaw,
    FindShippedLaw,
    ListLaws,
    ShowLaw,
    apply_law,
    find_shipped_law,
    list_laws,
    show_law,
)
from tests.architecture.project import ROOT
from tests.support.offices import MORNING, PERSON, Desk, at, desk_session

RESIDENCE, BIRTH = "1.004222", "1.001193"
JULY, FEBRUARY, MARCH = at("2026-07-06T09:00"), at("2027-02-26T09:00"), at("2027-03-02T09:00")


def take_in(desk: Desk, procedure: str, now: object, **overrides: object) -> tuple[int | None, object]:
    accepted = desk.take_in(now, procedure=procedure, term=None, **overrides)
    return accepted.fee, accepted.due_at


def test_packages_are_those_of_the_drafts() -> None:
    drafts = {folder.name: folder for folder in (ROOT / "packaging" / "law").iterdir()}
    assert drafts.keys() == {law.header.id for law in shipped_laws()}
    for law in shipped_laws():
        built = read_law_package(draft_law(drafts[law.header.id], new_issuer_key(), MORNING))
        assert (built.header, built.content) == (law.header, read_law_package(law.data).content)


def test_new_office_starts_with_the_packages(desk: Desk) -> None:
    """The template was created in January 2026."""
    lines = desk.office.read(list_laws, ListLaws(), at("2026-11-30T08:00"))
    assert [(line.id, line.state) for line in lines] == [
        ("cu-tru-tra-cuu-2026", "in_force"),
        ("cu-tru-tt116-2026", "in_force"),
        ("ho-tich-luat-03-2026", "coming"),
    ]


def test_residence_costs_by_channel_and_asks_no_paper_of_the_databases(desk: Desk) -> None:
    fees = [take_in(desk, RESIDENCE, JULY, channel=channel)[0] for channel in ("direct", "online")]
    assert fees == [20000, 10000]
    level = take_in(desk, RESIDENCE, at("2026-08-17T09:00"), channel="online", level=2)
    assert level[0] == 0  # NQ 66.22/2026/NQ-CP
    papers = desk.show(desk.take_in(JULY, procedure=RESIDENCE, term=None).code, JULY).papers
    assert {paper["handling"] for paper in papers if paper["originals"] or paper["copies"]} == set()


def test_civil_status_from_march_2027_is_asked_for(desk: Desk) -> None:
    before = desk.take_in(FEBRUARY, procedure=BIRTH, term=None)
    after = desk.take_in(MARCH, procedure=BIRTH, term=None)
    late_entry = desk.take_in(FEBRUARY, procedure=BIRTH, term=None)
    assert before.due_at is not None and late_entry.due_at == before.due_at and after.due_at is None
    assert desk.show(before.code, MARCH).due_at == before.due_at


def test_office_of_an_earlier_release_is_asked(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        desk.tamper("DELETE FROM law_package")
        desk.tamper_schema("DELETE FROM procedure_version WHERE version > 1")
        states = {line.state for line in desk.office.read(list_laws, ListLaws(), JULY)}
        assert desk.office.read(count_offered_laws, CountOfferedLaws(), JULY) == len(shipped_laws())
        assert states == {"offered"} and take_in(desk, RESIDENCE, JULY)[0] is None
        data = desk.office.read(find_shipped_law, FindShippedLaw("cu-tru-tt116-2026"), JULY)
        assert desk.office.read(show_law, ShowLaw(data), JULY).changes[0].new["valid_from"] == "2026-07-06"
        desk.office.write(apply_law, ApplyLaw(data), JULY)
        assert take_in(desk, RESIDENCE, JULY)[0] == 20000


@pytest.mark.parametrize("law", shipped_laws(), ids=lambda law: law.header.id)
def test_each_row_names_its_source(law: object) -> None:
    header = law.header
    assert "2026" in header.decision and date.fromisoformat(header.valid_from) >= date(2026, 7, 1)
    assert PERSON["name"] not in header.title
