"""Fault runs of the receiver, each at any size."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from hub.server.running import is_free
from hub.trial.postgres import PostgresServer
from tests.architecture.project import ROOT
from tests.faults.hub.bad_line import BadLine
from tests.faults.hub.offices import Office, check_everything_arrived, post_to, send_together
from tests.support.hub_service import serving
from tests.support.postgres_server import Hub

_PORTS = range(21_000 + os.getpid() % 5_000, 32_000)
"""Ports below those of outgoing connections.

A client that tries a closed port of that range again and again ends up connected to itself, and holds the port.
"""


def run_bad_line(hub: Hub, offices: int, files: int, seed: int) -> dict[str, int]:
    """Send through a line that cuts, delays, repeats and swaps."""
    senders = [Office.with_files(hub, number, files, 3) for number in range(1, offices + 1)]
    with serving(hub) as address, BadLine(address, Random(seed)).running() as line:
        send_together(senders, line.address, hub)
        counts = dict(line.counts)
    check_everything_arrived(hub, senders)
    return counts | {"files": offices * files, "tries": sum(office.tries for office in senders)}


def run_slow_line(hub: Hub, files: int, seed: int) -> dict[str, int]:
    """Send a backlog through a slow line that breaks after 40 kB."""
    office = Office.with_files(hub, 1, files, 40)
    fates = ("pass", "cut_answer", "cut_request")
    with serving(hub) as address, BadLine(address, Random(seed), fates, 0.01, 40_000).running() as line:
        send_together([office], line.address, hub)
    check_everything_arrived(hub, [office])
    return {"files": files, "tries": office.tries}


def run_rush(hub: Hub, offices: int) -> dict[str, int]:
    """Let every commune send at once."""
    senders = [Office.with_files(hub, number, 1, 5) for number in range(1, offices + 1)]
    with serving(hub) as address:
        send_together(senders, address, hub)
    check_everything_arrived(hub, senders)
    return {"files": offices, "waits": sum(office.waits for office in senders)}


def run_kills(server: PostgresServer, hub: Hub, files: int, kills: int, seed: int) -> dict[str, int]:
    """Kill the worker and stop PostgreSQL like a crash, while files arrive.

    Some 15 files arrive between two kills. Fails if the files end before the kills.
    """
    random = Random(seed)
    senders = [Office.with_files(hub, number, files, 10) for number in range(1, 4)]
    service = ServiceProcess(hub)
    finished = threading.Event()
    sending = threading.Thread(target=_send, args=(senders, service.address, hub, finished))
    sending.start()
    ended = 0
    try:
        while ended < kills and _goes_on(senders, finished) and not finished.wait(random.uniform(0.0, 0.15)):
            if ended % 2:
                server.stop(immediate=True)
                server.start()
            else:
                service.kill()
                service.start()
            ended += 1
        sending.join()
    finally:
        service.kill()
    assert ended == kills, f"all files arrived after {ended} kills"
    check_everything_arrived(hub, senders)
    return {"files": 3 * files, "kills": ended, "tries": sum(office.tries for office in senders)}


def _goes_on(senders: list[Office], finished: threading.Event) -> bool:
    """Wait until one more file was answered; False if all were.

    Kills that come faster than a service starts would let nothing through.
    """
    before = sum(len(office.acks) for office in senders)
    while not finished.wait(0.01):
        if sum(len(office.acks) for office in senders) > before:
            return True
    return False


def _send(senders: list[Office], address: str, hub: Hub, finished: threading.Event) -> None:
    try:
        send_together(senders, address, hub)
    finally:
        finished.set()


def run_disk_full(hub: Hub, folder: Path, fill: Callable[[Path, int], Path]) -> dict[str, int]:
    """Fill the disk of the database while files arrive, then free it."""
    office = Office.with_files(hub, 1, 12, 60)
    signs = hub.keys.receiver_signs
    with serving(hub) as address:
        post = post_to(address)
        ballast = fill(folder, 0)
        answers = [post(data).status for data in office.sender.files[:3]]
        ballast.unlink()
        office.send_all(post, signs)
    check_everything_arrived(hub, [office])
    return {"refused": sum(status != 200 for status in answers), "files": 12}


class ServiceProcess:
    """The service as a process on a fixed port, killed and started again."""

    def __init__(self, hub: Hub) -> None:
        self._environment = {**os.environ, **hub.variables}
        self._port = next(str(port) for port in _PORTS if is_free("127.0.0.1", port))
        self.address = ""
        self.start()

    def start(self) -> None:
        """Start the service and wait for its address."""
        command = [sys.executable, "-m", "hub", "serve", "--port", self._port]
        while True:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
            line = self._process.stdout.readline() if self._process.stdout else ""
            if '"address"' in line:
                break
            self._close()  # the database was away
        self.address = line.split('"')[3]

    def kill(self) -> None:
        """End the process without warning."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGKILL)
        self._close()

    def _close(self) -> None:
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
