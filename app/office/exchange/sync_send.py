"""Send to the receiver until nothing waits or the first trouble.

No unit of work is open while the network is used. One sender works in a folder at a time, commands included.
"""

import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.models.errors import Fault, Refusal, Scalar
from app.office.desk import Desk
from app.services.sending.progress import Progress, Remedy, remedy_of
from app.storage.error_mapping import map_errors_to_fault
from app.storage.locks import hold_lock
from app.sync.errors import shorten
from app.usecases.sync.send import (
    NextOutgoing,
    Outgoing,
    RecordTrouble,
    StoreAnswer,
    StoreOutgoing,
    next_outgoing,
    record_trouble,
    store_answer,
    store_outgoing,
)
from app.wording.refusals import sentence_fields

if TYPE_CHECKING:  # httpx is read only when something is sent
    from app.sync.gateway import Gateway, WireAnswer

_log = logging.getLogger(__name__)

LOCK_FILE = "sync.lock"
_BUSY = "sync_running"
_AWAY = frozenset((408, 425, 429, 500, 502, 503, 504))
_OK, _CONFLICT = 200, 409
_OF_FILES = "bundle_"
"""Beginning of the codes that a receiver gives for a file; others have sentences for other work."""
_NOT_OURS = frozenset(range(300, 400)) | {404, 405, 407, 511}
"""Statuses of a sign-in page, a proxy or another server, never of a receiver."""


@dataclass(frozen=True)
class Trouble:
    """Why sending ended before everything was answered."""

    code: str
    values: tuple[tuple[str, Scalar], ...] = ()

    @property
    def only_waits(self) -> bool:
        """True if nothing is wrong: no network, or a receiver that is away."""
        return remedy_of(self.code) == Remedy.WAIT


@dataclass(frozen=True)
class PushResult:
    """Result of a round.

    `files` counts the files that were answered, `packages` those that came down. `trouble` is None if nothing waits.
    `stopped` is set if the user stopped the round, `busy` if another program is sending from this folder.
    """

    files: int
    trouble: Trouble | None = None
    next_try_at: datetime | None = None
    stopped: bool = False
    busy: bool = False
    packages: int = 0


@dataclass
class _Round:
    """One round of sending; `expected` is a file the receiver asked for."""

    desk: Desk
    on_progress: Callable[[int, int, int, int], None]
    stopped: Callable[[], bool]
    chance: Callable[[], float]
    hurried: bool = False
    files: int = 0
    expected: int | None = None
    asked_for: set[int] = field(default_factory=set)


def push(
    desk: Desk,
    on_progress: Callable[[int, int, int, int], None] = lambda *_numbers: None,
    stopped: Callable[[], bool] = lambda: False,
    chance: Callable[[], float] = random.random,
    *,
    hurried: bool = False,
) -> PushResult:
    """Send the oldest unanswered file, and the next, until nothing waits.

    `on_progress` receives the file's number, the number of files left, the bytes sent and all bytes. `stopped` is asked
    between pieces of a file. `hurried` is for a window that closes: short pauses of the network end the round, and no
    packages are fetched.

    Raises Refusal `sync_address_missing`, `sync_address_insecure`, `receiver_signs_missing`; Fault for this machine.
    """
    _check_receiver(desk)
    try:
        with map_errors_to_fault(), hold_lock(desk.facts.folder / LOCK_FILE, _BUSY):
            result = _send_all(_Round(desk, on_progress, stopped, chance, hurried))
            return result if hurried else _with_packages(desk, result)
    except Fault as fault:
        if fault.code != _BUSY:
            raise
        return PushResult(0, busy=True)


def _check_receiver(desk: Desk) -> None:
    from app.sync.gateway import is_allowed_address

    office = desk.facts.office
    if not office.sync_address:
        raise Refusal("sync_address_missing", "sync_address")
    if not is_allowed_address(office.sync_address, training=desk.facts.training):
        raise Refusal("sync_address_insecure", "sync_address", address=shorten(office.sync_address))
    if not office.receiver_signs:
        raise Refusal("receiver_signs_missing", "receiver_signs")


def _send_all(round_: _Round) -> PushResult:
    from app.sync.gateway import Gateway, GatewayRoute, GatewayTrouble, SendingStopped

    office, gateway = round_.desk.facts.office, None
    ca_file = _ca_file(round_.desk.facts.folder, office.sync_ca)
    try:
        while (outgoing := _next(round_)).file is not None and not round_.stopped():
            try:
                route = GatewayRoute(office.sync_address, ca_file, outgoing.clock_doubtful, round_.hurried)
                gateway = gateway or Gateway(route)
                trouble = _send_one(round_, gateway, outgoing)
            except GatewayTrouble as error:
                trouble = RecordTrouble(
                    error.code,
                    _clock(round_.desk),
                    outgoing.file.sequence,
                    chance=round_.chance(),
                    uploaded=error.uploaded,
                )
            if trouble is not None:
                return _end_with(round_, trouble)
    except SendingStopped:
        return PushResult(round_.files, stopped=True)
    except Refusal as refusal:
        return _end_with(round_, RecordTrouble(refusal.code, refusal.values, round_.expected))
    finally:
        if gateway is not None:
            gateway.__exit__(None, None, None)
    return PushResult(round_.files, stopped=round_.stopped())


def _with_packages(desk: Desk, result: PushResult) -> PushResult:
    """Fetch the packages of the receiver after a round without trouble.

    A trouble with them is no trouble of sending: the next round asks again.
    """
    from app.office.exchange.package_fetch import fetch_packages
    from app.sync.gateway import Gateway, GatewayRoute, GatewayTrouble

    if result.trouble is not None or result.stopped:
        return result
    office = desk.facts.office
    try:
        with Gateway(GatewayRoute(office.sync_address, _ca_file(desk.facts.folder, office.sync_ca))) as gateway:
            fetched = fetch_packages(desk, gateway)
    except GatewayTrouble as trouble:
        _log.info("packages: %s", trouble.code)
        return result
    if fetched.trouble:
        _log.warning("packages: %s", fetched.trouble)
    return replace(result, packages=fetched.new)


def _next(round_: _Round) -> Outgoing:
    """Return the file to send, stored."""
    while True:
        outgoing: Outgoing = round_.desk.read(next_outgoing, NextOutgoing(round_.expected))
        if outgoing.file is None or outgoing.file.stored:
            return outgoing
        round_.desk.write(store_outgoing, StoreOutgoing(outgoing.file))


def _send_one(round_: _Round, gateway: "Gateway", outgoing: Outgoing) -> RecordTrouble | None:
    """Send one file and store its answer; return a trouble, if any."""
    file = outgoing.file
    if file is None:
        return None
    number, left = file.sequence, outgoing.left
    answer = gateway.send_bundle(
        file.content, lambda sent, size: round_.on_progress(number, left, sent, size), round_.stopped
    )
    if answer.status == _OK:
        try:
            round_.desk.write(store_answer, StoreAnswer(answer.body, file.epoch, number))
        except Refusal as refusal:
            code = refusal.code if refusal.code == "bundle_unknown_key" else "ack_not_ours"
            return RecordTrouble(code, _words(refusal.values), number)
        round_.files += 1
        round_.expected = _after(round_, number, outgoing.newest)
        return None
    return _problem(round_, answer, number, outgoing.newest)


def _after(round_: _Round, number: int, newest: int) -> int | None:
    """Return the file after one that the receiver asked for again."""
    return number + 1 if round_.expected is not None and number < newest else None


def _problem(round_: _Round, answer: "WireAnswer", number: int, newest: int) -> RecordTrouble | None:
    """Return the trouble of an answer; None to send another file."""
    code = str(answer.problem.get("code") or "")
    if answer.status in _AWAY:
        return RecordTrouble("receiver_busy", {"status": answer.status}, number, round_.chance(), answer.retry_after)
    if not code or answer.status in _NOT_OURS:
        return RecordTrouble("ack_not_ours", {"status": answer.status}, number)
    expected = answer.problem.get("expected_sequence")
    if answer.status == _CONFLICT and code == "bundle_gap" and type(expected) is int:
        return _gap(round_, expected, number, newest)
    needed = sentence_fields(code) if code.startswith(_OF_FILES) else None
    values = _words(answer.problem)
    if needed is None or not needed <= values.keys():
        return RecordTrouble("receiver_refused", {"code": shorten(code), "status": answer.status}, number)
    return RecordTrouble(code, values, number)


def _gap(round_: _Round, expected: int, number: int, newest: int) -> RecordTrouble | None:
    """Continue with the file that the receiver expects.

    A receiver that expects a later file than it was sent knows more than this machine; nothing more is sent.
    """
    if number < expected <= _MAX_NUMBER:
        return RecordTrouble("receiver_ahead", {"expected": expected, "newest": newest}, number)
    if not 1 <= expected < number or expected in round_.asked_for:
        return RecordTrouble("ack_not_ours", {"status": _CONFLICT}, number)
    round_.asked_for.add(expected)
    round_.expected = expected
    return None


def _end_with(round_: _Round, trouble: RecordTrouble) -> PushResult:
    """Record the trouble and return the result of the round."""
    _log.info("sending ended: %s, file %s", trouble.code, trouble.sequence)
    progress: Progress = round_.desk.write(record_trouble, trouble)
    values = tuple((progress.values or {}).items())
    return PushResult(round_.files, Trouble(progress.trouble, values), progress.next_try_at)


_NUMBERS = ("expected_sequence", "fork", "limit", "line")
_FIELDS = ("found", "known", "expected", "settled", "part", "name", "epoch", "public_key", *_NUMBERS)
_MAX_NUMBER = 999_999_999_999


def _words(values: Mapping[str, object]) -> dict[str, Scalar]:
    """Return the fields of an answer that its sentence may need, shortened.

    A field of another type is left out.
    """
    present = {name: values[name] for name in _FIELDS if name in values}
    words: dict[str, Scalar] = {}
    for name, value in present.items():
        if isinstance(value, str) and name not in _NUMBERS:
            words[name] = shorten(value)
        elif type(value) is int and abs(value) <= _MAX_NUMBER:
            words[name] = value
    return words


def _clock(desk: Desk) -> dict[str, Scalar]:
    from app.models.instants import local

    return {"now": f"{local(desk.now()):%d/%m/%Y %H:%M}"}


def _ca_file(folder: Path, name: str) -> Path | None:
    return folder / name if name else None
