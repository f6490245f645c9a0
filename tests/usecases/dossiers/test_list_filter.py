"""Filter of look-up and register in the database."""

from datetime import date

import pytest

from app.models.enums import Channel, Status
from app.models.values.dossier_filter import DossierFilter
from app.usecases.dossiers.list_choices import ListFilterChoices, list_filter_choices
from app.usecases.dossiers.queries import ListReceived, SearchDossiers, list_received, search_dossiers
from tests.support.offices import MORNING, Desk


@pytest.fixture
def codes(desk: Desk) -> tuple[str, str, str]:
    """Return three dossiers: at the counter, sent, and by post."""
    counter, sent, post = (desk.take_in(channel=channel).code for channel in ("direct", "direct", "post"))
    desk.act(sent, "send", to="Địa chính")
    return counter, sent, post


@pytest.mark.parametrize(
    ("chosen", "places"),
    [
        (DossierFilter(), (0, 1, 2)),
        (DossierFilter(status=Status.PROCESSING), (1,)),
        (DossierFilter(holder="Địa chính"), (1,)),
        (DossierFilter(channel=Channel.POST), (2,)),
        (DossierFilter(procedure="9.999999"), ()),
        (DossierFilter(first=date(2030, 1, 1), last=date(2030, 1, 2)), ()),
        (DossierFilter(first=MORNING.date(), last=MORNING.date(), channel=Channel.DIRECT), (0, 1)),
    ],
)
def test_filter_selects(desk: Desk, codes: tuple[str, ...], chosen: DossierFilter, places: tuple[int, ...]) -> None:
    expected = {codes[place] for place in places}
    for words in ("", "dao thi"):
        lines = desk.office.read(search_dossiers, SearchDossiers(words, filter=chosen), MORNING)
        assert {line.code for line in lines} == expected
    received = ListReceived(MORNING.date(), MORNING.date(), filter=chosen)
    assert {line.code for line in desk.office.read(list_received, received, MORNING)} == expected


def test_limit_counts_after_the_filter(desk: Desk, codes: tuple[str, ...]) -> None:
    query = SearchDossiers("dao", limit=1, filter=DossierFilter(status=Status.PROCESSING))
    assert [line.code for line in desk.office.read(search_dossiers, query, MORNING)] == [codes[1]]


def test_choices_name_the_holders(desk: Desk, codes: tuple[str, ...]) -> None:
    choices = desk.office.read(list_filter_choices, ListFilterChoices(), MORNING)
    assert "Địa chính" in choices.holders and choices.procedures
