"""Kill processes at random moments (SCENARIOS S1).

Two processes accept dossiers and print on one folder. Every answered dossier must be stored, no number may be issued
twice, and every printed paper must be in the print journal.
"""

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
    """Counts and defects; the lists must stay empty."""

    kills: int = 0
    acknowledged: int = 0
    papers: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unrecorded: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Return whether there are no defects."""
        return not (self.lost or self.twice or self.unrecorded or self.unsound)


@dataclass
class _Office:
    kind: OfficeKind
    folder: Path
    codes: dict[str, str] = field(default_factory=dict)
    """Answered codes by request."""

    @property
    def papers(self) -> Path:
        """Return the folder of printed papers."""
        return self.folder.parent / "papers"


def kill_many(server: ForkServer, kind: OfficeKind, template: Path, scratch: Path, kills: int, seed: int) -> KillResult:
    """Kill processes in pairs, each at its own random moment."""
    rng, result, office = random.Random(seed), KillResult(), None
    for number in range(-(-kills // 2)):
        if office is None or number % _ROUNDS_PER_OFFICE == 0:
            folder = scratch / f"{number:04d}"
            office = _Office(kind, Path(shutil.copytree(template, folder / "office")))
            office.papers.mkdir()
        _one_round(server, office, number, rng, result)
    return result


def _one_round(server: ForkServer, office: _Office, number: int, rng: random.Random, result: KillResult) -> None:
    known = list(office.codes.values())
    first = _start_intake(server, office, f"{number}-a")
    both_accept = not known or rng.random() < 0.3
    second = (
        _start_intake(server, office, f"{number}-b")
        if both_accept
        else _start_prints(server, office, rng.sample(known, min(len(known), _PRINTS)), number)
    )
    for child in (first, second):
        child.start()
    for child in rng.sample([first, second], 2):
        child.wait_for_lines(rng.randrange(0, 5))
        child.read_for(rng.random() * 0.03)
        child.kill()
    for child in (first, second):
        child.wait()
        result.kills += 1
    intakes = {f"{number}-a": first} | ({f"{number}-b": second} if both_accept else {})
    _record_answers(office, intakes, result)
    _check_office(office, result)


def _start_intake(server: ForkServer, office: _Office, name: str) -> Child:
    child = server.fork((*office.kind.options(office.folder), "intake", "-"))
    child.feed(b"".join(json.dumps(intake_line(request_id=f"{name}-{n}")).encode() + b"\n" for n in range(_LINES)))
    return child


def _start_prints(server: ForkServer, office: _Office, codes: Sequence[str], number: int) -> Child:
    calls = [
        (*office.kind.options(office.folder), "print", "receipt", code, "--out", office.papers / f"{number}_{code}.pdf")
        for code in codes
    ]
    child = server.fork(*calls)
    child.feed(b"")
    return child


def _record_answers(office: _Office, intakes: dict[str, Child], result: KillResult) -> None:
    for name, child in intakes.items():
        for line, answer in enumerate(child.answers):
            code = answer.get("code", "")
            if not code or code in office.codes.values():
                result.twice.append(f"{name}-{line}: {answer}")
            office.codes[f"{name}-{line}"] = code
            result.acknowledged += 1


def _check_office(office: _Office, result: KillResult) -> None:
    """Compare the office after a kill with the answers before it."""
    with office.kind.open_desk(office.folder) as desk:
        stored = dict(desk.rows("SELECT r.request_id, d.code FROM request r JOIN dossier d ON d.id = r.dossier_id"))
        printed = {code for (code,) in desk.rows("SELECT d.code FROM print p JOIN dossier d ON d.id = p.dossier_id")}
        codes = [code for (code,) in desk.rows("SELECT code FROM dossier")]
        check = desk.check(office.kind.now)
    result.lost += [f"{name} {code}" for name, code in office.codes.items() if stored.get(name) != code]
    result.twice += [code for code in set(codes) if codes.count(code) > 1]
    result.unsound += [finding.message for finding in check.findings]
    for paper in office.papers.glob("*.pdf"):
        result.papers += 1
        code = paper.stem.partition("_")[2]
        if code not in printed or not paper.read_bytes().rstrip().endswith(b"%%EOF"):
            result.unrecorded.append(paper.name)
        paper.unlink()
