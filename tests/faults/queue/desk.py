"""One desk that works on the queue until it is killed.

Usage: `python -m tests.faults.queue.desk FOLDER DESK SEED INSTANT ACTS`. The first line of JSON has the numbers of the
queue as the desk finds it; each further one is an act whose transaction is committed, or a refusal.
"""

import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from app.bootstrap import open_office
from app.models.enums import PaperSize, Service, TicketState
from app.models.errors import Refusal
from app.models.instants import office_instant
from app.office.session import OfficeSession
from app.services.queue.view import Queue
from app.usecases.citizens.queue import GetQueue, TakeTicket, get_queue, take_ticket
from app.usecases.citizens.queue_calls import (
    CallNext,
    Recall,
    SetAside,
    TransferTicket,
    call_next,
    recall,
    set_aside,
    transfer_ticket,
)

DESKS = (1, 2)
Act = Callable[[], tuple[str, int]]


class WorkingDesk:
    """Random acts of one desk on the queue of an office."""

    def __init__(self, office: OfficeSession, desk: int, rng: Random) -> None:
        self._office, self._desk, self._rng = office, desk, rng

    @property
    def queue(self) -> Queue:
        """The queue of the day."""
        queue: Queue = self._office.read(get_queue, GetQueue())
        return queue

    def take(self) -> tuple[str, int]:
        """Take a number, sometimes with its ticket."""
        paper = PaperSize.ROLL_80 if self._rng.random() < 0.2 else None
        service = self._rng.choice(list(Service))
        return "take", self._office.write(take_ticket, TakeTicket(service, paper)).number

    def call(self) -> tuple[str, int]:
        """Call the next number."""
        return "call", self._office.write(call_next, CallNext(self._desk)).called[0].number

    def set_aside(self) -> tuple[str, int]:
        """Put the called number on hold, or mark it as absent."""
        absent, number = self._rng.random() < 0.5, self._served()
        self._office.write(set_aside, SetAside(absent, number, self._desk))
        return ("no_show" if absent else "hold"), number

    def recall(self) -> tuple[str, int]:
        """Call a number that was set aside."""
        aside = self.queue.aside
        number = self._rng.choice(aside).number if aside else 0
        self._office.write(recall, Recall(number, self._desk))
        return "recall", number

    def transfer(self) -> tuple[str, int]:
        """Let the called number wait for the other desk."""
        number = self._served()
        other = DESKS[self._desk == DESKS[0]]
        self._office.write(transfer_ticket, TransferTicket("Đúng việc của quầy kia", number, other, desk=self._desk))
        return "transfer", number

    def _served(self) -> int:
        lines = self.queue.called
        own = (line.number for line in lines if line.desk == self._desk and line.state is TicketState.CALLED)
        return next(own, 0)

    def act(self) -> dict[str, Any]:
        """Carry out one random act; a refusal changes nothing."""
        acts: tuple[Act, ...] = (self.take, self.take, self.call, self.call, self.set_aside, self.recall, self.transfer)
        try:
            name, number = self._rng.choice(acts)()
        except Refusal as refusal:
            return {"refused": refusal.code}
        return {"act": name, "number": number}


def main(folder: str, desk: str, seed: str, instant: str, acts: str) -> None:
    """Work on the queue of an office."""
    with closing(open_office(Path(folder), "", office_instant(instant))) as office:
        worker = WorkingDesk(office, int(desk), Random(int(seed)))
        queue = worker.queue
        numbers = sorted(line.number for line in (*queue.waiting, *queue.aside))
        print(json.dumps({"ready": numbers}), flush=True)
        for _act in range(int(acts)):
            print(json.dumps(worker.act()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
