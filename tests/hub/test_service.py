"""`python -m hub serve` as a process: several workers, its end by signal."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.architecture.project import ROOT
from tests.hub.test_ingest import enrolled
from tests.support.postgres_server import Hub
from tests.support.sync_senders import Sender


@contextmanager
def service_process(hub: Hub, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "hub", "serve", "--port", "0", *arguments]
    environment = {**os.environ, **hub.variables}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())["address"]
        finally:
            process.kill()


@pytest.mark.posix
@pytest.mark.parametrize("workers", [1, 2])
def test_service_serves_until_it_is_ended(hub: Hub, workers: int) -> None:
    sender = enrolled(hub, Sender())
    sender.take_in(1)
    data = sender.file()
    with service_process(hub, "--workers", str(workers)) as (process, address):
        answers = {
            httpx.post(f"{address}/v1/bundles", content=data, timeout=60, trust_env=False).content for _ in range(4)
        }
        assert len(answers) == 1
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    assert hub.rows("SELECT count(*) FROM file") == [(1,)]


def test_service_checks_keys_before_it_listens(hub: Hub) -> None:
    assert hub.refused("serve", "--port", "0", status=3, HUB_KEYS="/nonexistent/keys.json") == "hub_keys"
    assert hub.refused("serve", "--port", "0", status=2, HUB_DATABASE="") == "hub_database"
