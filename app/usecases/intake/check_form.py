"""Check of the intake form while it is being filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.models.enums import Right, Status
from app.models.errors import Refusal
from app.models.instants import local
from app.models.procedures import Procedure, procedure_code
from app.models.text import clean, fold_text, mask_number
from app.models.values.numbers import comparable_number, searched_number
from app.services.context import Context
from app.services.intake.doubts import FormRecords, RecordedPerson, form_doubts, is_name_odd, people_of_form
from app.services.permissions import requires
from app.services.versions import version_on
from app.storage import dossiers, search
from app.storage.rows import DossierListRow
from app.storage.uow import Reading
from app.wording.warnings import warning_line

_MAX_VISITS = 40
_UNSETTLED = (Status.RECEIVED, Status.PROCESSING, Status.SUPPLEMENT_ASKED, Status.PAYMENT_DUE)
_RECENT = timedelta(days=30)
_PERSONAL_NUMBER = re.compile(r"[0-9]{12}")
_WHOLE_BIRTH = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
    form, procedure = query.form, _procedure(query.form, context, work)
    people = people_of_form(form)
    recorded = {path: _recorded(facts, work) for path, facts in people.items()}
    earlier = _open_dossier(form, people.get("applicant", {}), procedure, context, work)
    code, day = ("", "") if earlier is None else (earlier.code, f"{local(earlier.received_at):%d/%m/%Y}")
    records = FormRecords(recorded, code, day, context.office.phone)
    doubts = form_doubts(form, procedure, records, context.today)
    sentences = [FormDoubt(each.field, warning_line(each.message), each.needs_confirmation) for each in doubts]
    return tuple(dict.fromkeys(sentences))


def _procedure(form: Mapping[str, Any], context: Context, work: Reading) -> Procedure | None:
    try:
        return version_on(work, procedure_code(str(form.get("procedure") or "")), context.today).procedure
    except Refusal:
        return None


def _recorded(facts: Mapping[str, Any], work: Reading) -> RecordedPerson:
    """Return the latest sound name and birth recorded for a person's number.

    For a new number it is the other one of a person with the same name and date of birth.
    """
    number = searched_number(str(facts.get("id_number") or ""))
    if number is None:
        return RecordedPerson()
    people = dossiers.people_of_dossiers(work, search.matching_ids(work, number, _MAX_VISITS))
    same = [person for person in people if comparable_number(person.get("id_number") or "") == number]
    if not same:
        return RecordedPerson(other_number=_other_number(facts, number, work))
    name = next((name for person in same if not is_name_odd(name := str(person["name"]))), "")
    return RecordedPerson(name, next((str(birth) for person in same if (birth := person.get("birth_date"))), ""))


def _other_number(facts: Mapping[str, Any], number: str, work: Reading) -> str:
    """Return the masked number of the same name and date of birth.

    Empty without one.
    """
    name, birth = clean(str(facts.get("name") or "")), str(facts.get("birth_date") or "")
    if not name or not _PERSONAL_NUMBER.fullmatch(number) or not _WHOLE_BIRTH.fullmatch(birth):
        return ""
    people = dossiers.people_of_dossiers(work, search.matching_ids(work, name, _MAX_VISITS))
    alike = (person for person in people if fold_text(person["name"]) == fold_text(name))
    numbers = (
        comparable_number(person.get("id_number") or "") for person in alike if person.get("birth_date") == birth
    )
    return next((mask_number(other) for other in numbers if _PERSONAL_NUMBER.fullmatch(other)), "")


def _open_dossier(
    form: Mapping[str, Any], applicant: Mapping[str, Any], procedure: Procedure | None, context: Context, work: Reading
) -> DossierListRow | None:
    """Return an unsettled dossier of the applicant and procedure, or None.

    Several on one day are usual, and certified copies, with a fee for each page, on any day. The dossier of the form
    itself, saved before a crash, does not count.
    """
    number = searched_number(str(applicant.get("id_number") or ""))
    if number is None or procedure is None or procedure.fee_rule is not None:
        return None
    if dossiers.find_answer(work, str(form.get("request_id") or "")) is not None:
        return None
    earlier = dossiers.earlier_dossiers(work, number, procedure.code, context.today - _RECENT)
    unsettled = (row for row in earlier if row.status in _UNSETTLED)
    return next((row for row in unsettled if local(row.received_at).date() < context.today), None)
