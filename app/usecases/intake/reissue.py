"""Reissue of a void dossier: its facts as an intake line to be corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models.enums import Action, Right, Status
from app.models.errors import Refusal
from app.services.context import Context
from app.services.dossier_detail import DossierDetail, dossier_detail, find_row
from app.services.permissions import requires
from app.storage import dossiers, journal
from app.storage.uow import Reading

_INTAKE_OVERRIDES = ("term", "fee", "pages", "exempt", "level", "settled_by", "place")
_CORRECTED = ("pages", "exempt", "level")


@dataclass(frozen=True)
class GetReissueLine:
    """Query: the intake line of a void dossier."""

    code: str


@requires(Right.TAKE_IN)
def get_reissue_line(query: GetReissueLine, context: Context, work: Reading) -> dict[str, Any]:
    """Return the intake line (docs/formats.md) that replaces a void dossier.

    Raises Refusal `dossier_unknown`, `replaces_not_void` if it is not void or already has a successor.
    """
    row = find_row(work, query.code)
    if row.status != Status.VOID or dossiers.successor(work, row.id) is not None:
        raise Refusal("replaces_not_void", "replaces", code=row.code)
    sheet = dossier_detail(work, row, context.today)
    intakes = [event.facts for event in journal.events_of(work, row.id) if event.action == Action.INTAKE]
    corrected = {name: sheet.fee_facts[name] for name in _CORRECTED if name in sheet.fee_facts}
    facts: Mapping[str, Any] = {**(intakes[0] if intakes else {}), **corrected}
    return _line(sheet) | {name: facts[name] for name in _INTAKE_OVERRIDES if facts.get(name) is not None}


def _line(sheet: DossierDetail) -> dict[str, Any]:
    line = {
        "procedure": sheet.procedure.code,
        "channel": sheet.channel.value,
        "applicant": _without_none(sheet.applicant),
        "submitter": None if sheet.submitter == sheet.applicant else _without_none(sheet.submitter),
        "principal": None if sheet.principal is None else _without_none(sheet.principal),
        "papers": [_without_none(paper) for paper in sheet.papers],
        "quantity": sheet.quantity,
        "return_by": sheet.return_by.value,
        "aliases": [_without_none({"code": each.code, "system": each.system}) for each in sheet.aliases] or None,
        "co_applicants": [_without_none(person) for person in sheet.co_applicants] or None,
        "note": sheet.note,
        "replaces": sheet.code,
    }
    return _without_none(line)


def _without_none(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}
