"""Processes killed at any moment while two of them take in and print on one folder (S1): what was said to be done is
done, no number is given twice, every paper that left is on record."""

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.office_kinds import OfficeKind
from tests.faults.processes import Child, ForkServer
from tests.support.offices import intake_line

_LINES = 30
_PRINTS = 6
_ROUNDS_PER_OFFICE = 25


@dataclass
class KillResult:
    """What the killing came to; everything but the first three must stay at nought."""

    kills: int = 0
    acknowledged: int = 0
    papers: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unrecorded: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.twice or self.unrecorded or self.unsound)


@dataclass
class _Office:
    kind: OfficeKind
    folder: Path
    given: dict[str, str] = field(default_factory=dict)
    """Request by request the code that was answered."""

    @property
    def papers(self) -> Path:
        """Where papers are printed to."""
        return self.folder.parent / "papers"


def kill_many(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, kills: int, seed: int) -> KillResult:
    """Kill so many processes, two at a time, each at a moment of its own."""
    rng, toll, office = random.Random(seed), KillResult(), None
    for number in range(-(-kills // 2)):
        if office is None or number % _ROUNDS_PER_OFFICE == 0:
            place = scratch / f"{number:04d}"
            office = _Office(kind, Path(shutil.copytree(template, place / "office")))
            office.papers.mkdir()
        _one_round(server, office, number, rng, toll)
    return toll


def _one_round(server: ForkServer, office: _Office, number: int, rng: random.Random, toll: KillResult) -> None:
    known = list(office.given.values())
    first = _start_intake(server, office, f"{number}-a")
    both_take_in = not known or rng.random() < 0.3
    second = (
        _start_intake(server, office, f"{number}-b")
        if both_take_in
        else _start_prints(server, office, rng.sample(known, min(len(known), _PRINTS)), number)
    )
    for child in (first, second):
        child.start()
    for child in rng.sample([first, second], 2):
        child.answers(rng.randrange(0, 5))
        child.read_for(rng.random() * 0.03)
        child.kill()
    for child in (first, second):
        child.ended()
        toll.kills += 1
    told = {f"{number}-a": first} | ({f"{number}-b": second} if both_take_in else {})
    _record_answers(office, told, toll)
    _check_office(office, toll)


def _start_intake(server: ForkServer, office: _Office, name: str) -> Child:
    child = server.fork((*office.kind.words(office.folder), "intake", "-"))
    child.feed(b"".join(json.dumps(intake_line(request_id=f"{name}-{n}")).encode() + b"\n" for n in range(_LINES)))
    return child


def _start_prints(server: ForkServer, office: _Office, codes: Sequence[str], number: int) -> Child:
    calls = [
        (*office.kind.words(office.folder), "print", "receipt", code, "--out", office.papers / f"{number}_{code}.pdf")
        for code in codes
    ]
    child = server.fork(*calls)
    child.feed(b"")
    return child


def _record_answers(office: _Office, told: dict[str, Child], toll: KillResult) -> None:
    for name, child in told.items():
        for place, answer in enumerate(child.told):
            code = answer.get("code", "")
            if not code or code in office.given.values():
                toll.twice.append(f"{name}-{place}: {answer}")
            office.given[f"{name}-{place}"] = code
            toll.acknowledged += 1


def _check_office(office: _Office, toll: KillResult) -> None:
    """The office as it is found after the kill, against what was said before it."""
    with office.kind.opened(office.folder) as desk:
        kept = dict(desk.rows("SELECT r.request_id, d.code FROM request r JOIN dossier d ON d.id = r.dossier_id"))
        printed = {code for (code,) in desk.rows("SELECT d.code FROM print p JOIN dossier d ON d.id = p.dossier_id")}
        codes = [code for (code,) in desk.rows("SELECT code FROM dossier")]
        checked = desk.check(office.kind.now)
    toll.lost += [f"{name} {code}" for name, code in office.given.items() if kept.get(name) != code]
    toll.twice += [code for code in set(codes) if codes.count(code) > 1]
    toll.unsound += [finding.message for finding in checked.findings]
    for paper in office.papers.glob("*.pdf"):
        toll.papers += 1
        code = paper.stem.partition("_")[2]
        if code not in printed or not paper.read_bytes().rstrip().endswith(b"%%EOF"):
            toll.unrecorded.append(paper.name)
        paper.unlink()
