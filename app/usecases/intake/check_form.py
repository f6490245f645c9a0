"""Check of the intake form while it is being filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.procedures import Procedure, procedure_code
from app.models.values.numbers import comparable_number, searched_number
from app.services.context import Context
from app.services.intake.doubts import form_doubts, is_name_odd, people_of_form
from app.services.permissions import requires
from app.services.versions import version_on
from app.storage import dossiers, search
from app.storage.uow import Reading
from app.wording.warnings import warning_line

_MAX_VISITS = 40


@dataclass(frozen=True)
class CheckForm:
    """Query: the form as an intake line, also incomplete."""

    form: Mapping[str, Any]


@dataclass(frozen=True)
class FormDoubt:
    """Doubt in words; `field` is a path as in refusals."""

    field: str
    sentence: str
    needs_confirmation: bool


@requires(Right.TAKE_IN)
def check_form(query: CheckForm, context: Context, work: Reading) -> tuple[FormDoubt, ...]:
    """Return the doubts about a form, before anything is saved."""
    form = query.form
    names = {path: _known_name(facts, work) for path, facts in people_of_form(form).items()}
    doubts = form_doubts(form, _procedure(form, context, work), names, context.today)
    sentences = [FormDoubt(each.field, warning_line(each.message), each.needs_confirmation) for each in doubts]
    return tuple(dict.fromkeys(sentences))


def _procedure(form: Mapping[str, Any], context: Context, work: Reading) -> Procedure | None:
    try:
        return version_on(work, procedure_code(str(form.get("procedure") or "")), context.today).procedure
    except Refusal:
        return None


def _known_name(facts: object, work: Reading) -> str:
    """Return the latest sound name recorded for a person's number."""
    number = searched_number(str(facts.get("id_number") or "")) if isinstance(facts, Mapping) else None
    if number is None:
        return ""
    people = dossiers.people_of_dossiers(work, search.matching_ids(work, number, _MAX_VISITS))
    same = (str(person["name"]) for person in people if comparable_number(person.get("id_number") or "") == number)
    return next((name for name in same if not is_name_odd(name)), "")
