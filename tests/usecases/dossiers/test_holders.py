"""Holders to choose from."""

from app.models.lifecycle import COUNTER
from app.usecases.dossiers.holders import ListHolders, list_holders
from tests.support.offices import MORNING, Desk


def test_frequent_destinations_come_first_then_people(desk: Desk) -> None:
    assert COUNTER in desk.office.read(list_holders, ListHolders(), MORNING)
    for to in ("Địa chính", "Tư pháp", "Địa chính"):
        desk.act(desk.take_in().code, "send", to=to)
    holders = desk.office.read(list_holders, ListHolders(), MORNING)
    assert holders[:2] == ("Địa chính", "Tư pháp")
    assert holders[-1] == COUNTER and len(set(holders)) == len(holders)
