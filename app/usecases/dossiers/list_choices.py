"""Choices of the filter of a list of dossiers."""

from dataclasses import dataclass

from app.models.enums import Right
from app.models.values.order import vietnamese_key
from app.services.context import Context
from app.services.permissions import requires
from app.storage import backlog, catalogue
from app.storage.uow import Reading


@dataclass(frozen=True)
class ListFilterChoices:
    """Query: what a list of dossiers can be filtered by."""


@dataclass(frozen=True)
class FilterChoices:
    """Procedures as code and name, and holders, in Vietnamese order."""

    procedures: tuple[tuple[str, str], ...]
    holders: tuple[str, ...]


@requires(Right.READ_LISTS)
def list_filter_choices(query: ListFilterChoices, context: Context, work: Reading) -> FilterChoices:
    """Return the procedures of the catalogue and the holders in use."""
    names = {code: row.name for code, row in catalogue.procedure_names(work).items()}
    return FilterChoices(
        tuple(sorted(names.items(), key=lambda pair: (vietnamese_key(pair[1]), pair[0]))),
        tuple(sorted(backlog.destinations(work), key=vietnamese_key)),
    )
