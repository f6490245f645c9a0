"""Fixtures of law packages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.sync.signing import public_key
from tests.support.offices import Desk
from tests.usecases.law.samples import ISSUER_KEY


@pytest.fixture
def trusting(desk: Desk) -> Iterator[None]:
    """The office trusts the sample issuer as its receiver."""
    facts = desk.office.facts
    desk.office.facts = replace(facts, office=replace(facts.office, receiver_signs=public_key(ISSUER_KEY).hex()))
    yield
    desk.office.facts = facts
