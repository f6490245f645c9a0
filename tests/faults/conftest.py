"""Fork server shared by all fault tests."""

from collections.abc import Iterator

import pytest

from tests.faults.processes import ForkServer, nursery


@pytest.fixture(scope="session")
def server() -> Iterator[ForkServer]:
    """Start a process that forks processes of the program."""
    with nursery() as running_server:
        yield running_server
