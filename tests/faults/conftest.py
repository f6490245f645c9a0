"""Offices to work in, and a warm process to fork others from."""

from collections.abc import Iterator

import pytest

from tests.faults.processes import ForkServer, nursery


@pytest.fixture(scope="session")
def server() -> Iterator[ForkServer]:
    """Where processes of the program come from."""
    with nursery() as made:
        yield made
