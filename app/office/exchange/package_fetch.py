"""Fetch the packages of the receiver, to wait for a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.models.errors import Refusal
from app.office.desk import Desk
from app.sync.canonical import parse_json
from app.sync.package import KINDS
from app.sync.wire import PACKAGES
from app.usecases.sync.packages import (
    LastPackage,
    SignRequest,
    StorePackage,
    keep_package,
    last_package,
    sign_request,
)

if TYPE_CHECKING:  # httpx is read only when something is sent
    from app.sync.gateway import Gateway

_OK = 200
_MOST = 50
"""Packages of one round; the next round fetches the rest."""


@dataclass(frozen=True)
class FetchedPackages:
    """Number of new packages, and the code of a trouble, empty for none."""

    new: int = 0
    trouble: str = ""


def fetch_packages(desk: Desk, gateway: "Gateway") -> FetchedPackages:
    """Store the packages above the last stored number.

    Nothing is applied. A package that cannot be verified ends the round, so that none is passed over.

    Raises GatewayTrouble.
    """
    new = 0
    for number in _numbers(desk, gateway):
        answer = gateway.get(f"{PACKAGES}/{number}", _headers(desk, f"{PACKAGES}/{number}"))
        if answer.status != _OK:
            return FetchedPackages(new, _code(answer.problem))
        try:
            new += bool(desk.write(keep_package, StorePackage(answer.body)))
        except Refusal as refusal:
            return FetchedPackages(new, refusal.code)
    return FetchedPackages(new)


def _numbers(desk: Desk, gateway: "Gateway") -> Iterator[int]:
    """Yield the numbers of packages that the receiver has for this office.

    A receiver without packages answers with another status and has none.
    """
    after = int(desk.read(last_package, LastPackage()))
    path = f"{PACKAGES}?after={after}"
    answer = gateway.get(path, _headers(desk, path))
    listed = _listed(answer.body) if answer.status == _OK else []
    numbers = sorted(line["number"] for line in listed if _is_package(line) and line["number"] > after)
    yield from numbers[:_MOST]


def _listed(body: bytes) -> list[Any]:
    try:
        lines = parse_json(body)
    except ValueError:
        return []
    return lines if isinstance(lines, list) else []


def _is_package(line: Any) -> bool:
    return isinstance(line, dict) and type(line.get("number")) is int and line.get("kind") in KINDS


def _headers(desk: Desk, path: str) -> Mapping[str, str]:
    headers: Mapping[str, str] = desk.read(sign_request, SignRequest("GET", path))
    return headers


def _code(problem: Mapping[str, Any]) -> str:
    code = problem.get("code")
    return code if isinstance(code, str) else "no_answer"
