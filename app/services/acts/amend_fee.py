"""Corrections that change the fee: `amend --set pages=N|exempt=…|level=N`.

The fee is calculated again by the rules of the day of receipt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.errors import Refusal
from app.models.text import clean
from app.services.acts.amend import AMENDED, is_person_field
from app.services.intake.fees import FEE_FACTS, calculate_fee, recorded_fee_facts
from app.services.intake.promise import PromiseInputs
from app.services.versions import procedure_of
from app.storage import journal
from app.storage.rows import DossierRow
from app.storage.uow import Reading

FEE_FIELDS = ("pages", "exempt", "level")
AMENDABLE = "name, id_number, birth_date, gender, phone, address, email, submitter.name…, alias, pages, exempt, level"
"""Names of corrections, as a wrong call lists them."""
_MOST_DIGITS = 9
"""Longer texts are out of every range; Python converts none beyond 4,300 digits."""
_RANGES = {"pages": (1, 10_000), "level": (1, 2)}


@dataclass(frozen=True)
class FeeAmendment:
    """The fee in đồng after a correction, and the facts of the event."""

    amount: int | None
    facts: Mapping[str, Any]


def is_amendable(name: str) -> bool:
    """Return whether a correction may have this name in some dossier."""
    return name in ("alias", *FEE_FIELDS) or is_person_field(name)


def read_fee_amendment(
    sets: Sequence[tuple[str, str]], row: DossierRow, people: Mapping[str, Any], work: Reading
) -> FeeAmendment | None:
    """Return the corrected fee; None without a changed field of it.

    Raises Refusal `out_of_range`, `wrong_type`, `exempt_group_unknown`, `unknown_field`.
    """
    values = {name: _value(name, text) for name, text in sets if name in FEE_FIELDS}
    procedure = procedure_of(row, work)
    if not values or procedure is None:
        return None
    before = recorded_fee_facts(journal.events_of(work, row.id))
    typed = {name: value for name, value in values.items() if value != before.get(name)}
    if not typed:
        return None
    now = {name: before.get(name) for name in FEE_FIELDS} | typed
    exempt = tuple(now["exempt"]) if isinstance(now["exempt"], list) else now["exempt"]
    inputs = PromiseInputs(
        channel=row.channel,
        fee=before.get("fee"),
        pages=now["pages"],
        exempt=exempt,
        level=now["level"],
        quantity=row.quantity,
    )
    fee = calculate_fee(inputs, procedure, people["applicant"].get("birth_date"), row.received_day, work)
    changed = {name: {"before": before.get(name), "now": now[name]} for name in typed}
    return FeeAmendment(fee.amount, {AMENDED: changed, FEE_FACTS: {**now, "relief": fee.facts.get("relief")}})


def _value(name: str, text: str) -> Any:
    text = clean(text)
    if not text:
        return None
    if name == "exempt":
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return parts if len(parts) > 1 else text
    if not (text.isascii() and text.isdigit()):
        raise Refusal("wrong_type", name, expected="whole")
    least, most = _RANGES[name]
    if len(text) > _MOST_DIGITS or not least <= int(text) <= most:
        raise Refusal("out_of_range", name, least=least, most=most)
    return int(text)
