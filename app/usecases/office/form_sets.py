"""Sets of forms that the office knows, and the one in force."""

from dataclasses import dataclass

from app.services.context import Context
from app.services.documents.office_forms import forms_on, office_library
from app.services.permissions import public
from app.storage.uow import Reading


@dataclass(frozen=True)
class ListFormSets:
    """Query: the keys of all sets."""


@dataclass(frozen=True)
class FormSetToday:
    """Query: the name of the set for dossiers received today."""


@public("the sets of forms are law and no secret")
def list_form_sets(query: ListFormSets, context: Context, work: Reading) -> tuple[str, ...]:
    """Return the keys of shipped sets and those of the office."""
    return tuple(sorted({each.key for each in office_library(work).sets}))


@public("the set of forms is printed on every paper")
def form_set_today(query: FormSetToday, context: Context, work: Reading) -> str:
    """Return the name of the set in force today."""
    return forms_on(work, context.office, context.today).form_set.name
