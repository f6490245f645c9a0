"""Offices that never give up, and what the receiver must have in the end."""

import http.client
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from app.sync.ack import read_ack
from app.sync.errors import BundleRefused
from tests.support.postgres_server import Hub
from tests.support.sync_senders import Sender


class Answer(NamedTuple):
    """Status and body of an answer."""

    status: int
    body: bytes


Post = Callable[[bytes], Answer]
WAIT = (429, 503, 408)
_MOST_THREADS = 200
_PATIENCE = 3_000
"""Tries without progress until a test fails instead of going on for ever."""


@dataclass
class Office:
    """An office with files to send and the answers it has."""

    sender: Sender
    acks: dict[int, bytes] = field(default_factory=dict)
    tries: int = 0
    waits: int = 0

    @classmethod
    def with_files(cls, hub: Hub, number: int, files: int, dossiers: int) -> "Office":
        """Return an enrolled office with files of intakes and ends."""
        province, commune = divmod(number - 1, 999)
        sender = Sender(number=number, agency=f"H{29 + province}.{commune + 1}")
        hub.run("enrol", sender.public_key, "--agency", sender.agency)
        codes: list[str] = []
        for _ in range(files):
            for _ in range(dossiers):
                codes.append(sender.take_in(len(codes) + 1))
            sender.progress(codes[len(codes) // 2], "finished")
            sender.file()
            sender.day += timedelta(days=1)
        return cls(sender)

    def send_all(self, post: Post, receiver_signs: str) -> None:
        """Send the files in order until each is answered."""
        at, idle = 0, 0
        while at < len(self.sender.files):
            self.tries += 1
            idle += 1
            assert idle < _PATIENCE
            following = self._send(post, at, receiver_signs)
            if following != at:
                at, idle = following, 0

    def _send(self, post: Post, at: int, receiver_signs: str) -> int:
        """Send one file; return the index of the next one to send."""
        try:
            answer = post(self.sender.files[at])
        except (OSError, http.client.HTTPException):
            self._pause()
            return at
        if answer.status in WAIT:
            self.waits += 1
            self._pause()
            return at
        if answer.status == http.client.CONFLICT:
            return int(json.loads(answer.body)["expected_sequence"]) - 1
        if answer.status != http.client.OK:
            raise AssertionError(answer)
        try:
            ack = read_ack(answer.body, known_key=bytes.fromhex(receiver_signs))
        except BundleRefused:
            return at
        assert ack.manifest["sequence"] == at + 1
        assert self.acks.setdefault(at, answer.body) == answer.body
        return at + 1

    def _pause(self) -> None:
        threading.Event().wait(0.1)


def post_to(address: str) -> Post:
    """Return a function that posts a file by a connection of its own."""

    host = urlsplit(address).netloc

    def post(data: bytes) -> Answer:
        with closing(http.client.HTTPConnection(host, timeout=30)) as line:
            line.request("POST", "/v1/bundles", data, {"Connection": "close"})
            answer = line.getresponse()
            return Answer(answer.status, answer.read())

    return post


def send_together(offices: Sequence[Office], address: str, hub: Hub) -> None:
    """Let every office send at the same time."""
    failures: list[BaseException] = []
    signs = hub.keys.receiver_signs

    def send(office: Office) -> None:
        try:
            office.send_all(post_to(address), signs)
        except BaseException as error:  # noqa: BLE001  raised again below, in the test's thread
            failures.append(error)

    with ThreadPoolExecutor(min(len(offices), _MOST_THREADS)) as pool:
        list(pool.map(send, offices))
    if failures:
        raise failures[0]


def check_everything_arrived(hub: Hub, offices: Sequence[Office]) -> None:
    """Compare the receiver with the offices: nothing lost, nothing doubled."""
    for office in offices:
        sender = office.sender
        site = "site_id = (SELECT site_id FROM sender WHERE public_key = %s)"
        ids = [
            row[0] for row in hub.rows(f"SELECT id::text FROM record WHERE {site} ORDER BY sequence", sender.public_key)
        ]
        assert ids == [record["id"] for record in sender.records]
        files = hub.rows(f"SELECT content, ack FROM file WHERE {site} ORDER BY place", sender.public_key)
        assert files == [(data, office.acks[at]) for at, data in enumerate(sender.files)]
        codes = {row[0] for row in hub.rows(f"SELECT code FROM dossier WHERE {site}", sender.public_key)}
        assert codes == {record["dossier"] for record in sender.records}
    assert hub.run("report", "forks") == [] and hub.run("report", "lost") == []
