"""A catalogue table beside the catalogue, before it is imported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.procedures import COLUMNS, Procedure, to_row
from app.services.catalogue.importing import CataloguePlan, NewVersion


class ChangeKind(StrEnum):
    """What a row of the table does to its procedure."""

    NEW = "new"
    CHANGED = "changed"
    REPEALED = "repealed"


@dataclass(frozen=True)
class CatalogueChange:
    """One column of a procedure: value in force and value of the table.

    A new procedure has an empty `before`.
    """

    row: int
    code: str
    name: str
    kind: ChangeKind
    valid_from: date
    column: str
    before: str
    after: str


def catalogue_changes(plan: CataloguePlan) -> tuple[CatalogueChange, ...]:
    """Return every column that differs, procedure by procedure."""
    return tuple(change for each in plan.written for change in _changes(each))


def count_repealed(versions: Sequence[NewVersion]) -> int:
    """Return how many versions end their procedure."""
    return sum(_kind(each) is ChangeKind.REPEALED for each in versions)


def _kind(each: NewVersion) -> ChangeKind:
    procedure = each.version.procedure
    if procedure.withdrawn or procedure.superseded_by:
        return ChangeKind.REPEALED
    return ChangeKind.NEW if each.new else ChangeKind.CHANGED


def _changes(each: NewVersion) -> Iterator[CatalogueChange]:
    procedure = each.version.procedure
    after, before = to_row(procedure), _row(each.before)
    for column in COLUMNS:
        if column == "code" or (after[column] == before.get(column, "")):
            continue
        yield CatalogueChange(
            row=each.row,
            code=procedure.code,
            name=procedure.name,
            kind=_kind(each),
            valid_from=each.version.valid_from,
            column=column,
            before=before.get(column, ""),
            after=after[column],
        )


def _row(procedure: Procedure | None) -> dict[str, str]:
    return {} if procedure is None else to_row(procedure)
