"""A bad line between sender and receiver: cuts, delays, lost answers.

The proxy copies bytes both ways and cuts each connection at a random byte of the request or of the answer, or keeps the
answer back. The receiver must get every record once, and the sender must settle every dossier.
"""

import random
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.office.exchange.sync_send import push
from app.usecases.sync import send
from app.usecases.sync.status import SyncStatus, sync_status
from tests.faults.office_kinds import OfficeKind
from tests.faults.processes import ForkServer
from tests.faults.proxy import Proxy
from tests.faults.sending.pairs import kill_pair
from tests.support.offices import desk_session
from tests.support.receiver import Receiver, join, serve

_PIECE = 512
_LONGEST_CUT = 9_000
_MOST_TRIES = 60


@dataclass
class WireResult:
    """Counts and defects; the lists must stay empty."""

    files: int = 0
    connections: int = 0
    cuts: int = 0
    kills: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Return whether there are no defects."""
        return not (self.lost or self.doubled or self.unsound)


class BadLine(Proxy):
    """Proxy that cuts most connections at a random byte."""

    def __init__(self, server: str, rng: random.Random, share: float = 0.95) -> None:
        super().__init__(server)
        self._rng, self._share = rng, share
        self.connections = self.cuts = 0

    def carry(self, client: socket.socket) -> None:
        """Copy bytes both ways, perhaps up to a random byte of one way."""
        up_limit = down_limit = float("inf")
        with self.lock:
            self.connections += 1
            if self._rng.random() < self._share:
                self.cuts += 1
                cut = self._rng.randrange(_LONGEST_CUT)
                up_limit, down_limit = (cut, down_limit) if self._rng.random() < 0.5 else (up_limit, cut // 3)
        with socket.create_connection(self.server) as server:
            up = threading.Thread(target=_copy, args=(client, server, up_limit))
            up.start()
            _copy(server, client, down_limit)
            up.join()


def _copy(source: socket.socket, target: socket.socket, limit: float) -> None:
    """Copy bytes up to the limit, then cut both connections."""
    copied = 0
    with suppress(OSError):
        while piece := source.recv(_PIECE):
            allowed = int(min(len(piece), limit - copied))
            target.sendall(piece[:allowed])
            copied += allowed
            if copied >= limit:
                break
    for connection in (source, target) if copied >= limit else (target,):
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR if copied >= limit else socket.SHUT_WR)


def send_over_bad_line(folder: Path, files: int, seed: int) -> WireResult:
    """Send files of one record each through a line that breaks."""
    rng, result, receiver = random.Random(seed), WireResult(files=files), Receiver()
    before, send.RECORDS_BY_WIRE = send.RECORDS_BY_WIRE, 1
    try:
        with serve(receiver) as address, BadLine(address, rng).running() as line:
            join(folder, receiver, line.address)
            with desk_session(folder) as desk:
                codes = [desk.take_in().code for _ in range(files)]
                for _ in range(_MOST_TRIES * files):
                    if push(desk.office).trouble is None:
                        break
                _compare(result, receiver, codes)
                state = desk.office.read(sync_status, SyncStatus())
                if (state.waiting, state.sent, state.confirmed) != (0, 0, files):
                    result.lost.append(f"sender: {state}")
                result.unsound += [finding.message for finding in desk.check().findings]
            result.connections, result.cuts = line.connections, line.cuts
    finally:
        send.RECORDS_BY_WIRE = before
    return result


def kill_senders(server: ForkServer, kind: OfficeKind, folder: Path, kills: int, seed: int) -> WireResult:
    """Kill two senders on one folder at random moments, again and again."""
    rng, result, receiver = random.Random(seed), WireResult(), Receiver()
    codes: list[str] = []
    with serve(receiver) as address:
        join(folder, receiver, address)
        for _ in range(kills):
            with kind.open_desk(folder) as desk:
                codes += [desk.take_in(kind.now).code for _ in range(3)]
            kill_pair(server, kind.options(folder), rng)
            result.kills += 1
        last = server.run((*kind.options(folder), "sync", "push"))
        result.files = len(receiver.files)
        _compare(result, receiver, codes)
        if last.status != 0 or last.answers[-1]["confirmed"] != len(codes):
            result.lost.append(f"sender: {last.answers} {last.err.decode(errors='replace')}")
        with kind.open_desk(folder) as desk:
            result.unsound += [finding.message for finding in desk.check(kind.now).findings]
    return result


def _compare(result: WireResult, receiver: Receiver, codes: list[str]) -> None:
    """Compare the receiver's records with the dossiers of the sender."""
    arrived = [record["dossier"] for record in receiver.records.values()]
    result.lost += [code for code in codes if code not in arrived]
    result.doubled += [code for code in set(arrived) if arrived.count(code) > 1]
    sequences = [sequence for _sender, _epoch, sequence in receiver.files]
    if sequences != list(range(1, len(sequences) + 1)):
        result.unsound.append(f"files {sequences[:20]}")
