"""Fork server shared by all fault tests."""

from collections.abc import Iterator

import pytest

from tests.faults.processes import ForkServer, running_fork_server


@pytest.fixture(scope="session")
def server() -> Iterator[ForkServer]:
    """Start a process that forks processes of the program."""
    with running_fork_server() as running_server:
        yield running_server
