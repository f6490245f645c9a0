"""Fork server shared by all fault tests."""

from collections.abc import Generator, Iterator

import pytest

from tests.faults.processes import ForkServer, TracingUnavailable, running_fork_server


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, object, object]:
    """Skip a test where strace is missing or may not attach."""
    try:
        return (yield)
    except TracingUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def server() -> Iterator[ForkServer]:
    """Start a process that forks processes of the program."""
    with running_fork_server() as running_server:
        yield running_server
