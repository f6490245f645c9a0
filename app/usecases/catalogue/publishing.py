"""Procedures that the office publishes and takes in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.models.enums import Right
from app.models.errors import Refusal
from app.models.procedures import procedure_code
from app.models.text import clean, fold_text
from app.services.catalogue.publication import published_codes, versions_in_force
from app.services.context import Context
from app.services.permissions import requires
from app.services.versions import Version
from app.storage.reporting import records
from app.storage.uow import Writing

_MAX_CODES = 10_000


@dataclass(frozen=True)
class PublishProcedures:
    """Command: publish `codes`, or the procedures of fields.

    With `only` every other procedure is withdrawn from publication, with `withdraw` the named ones. They stay in the
    catalogue.
    """

    codes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    only: bool = False
    withdraw: bool = False


@dataclass(frozen=True)
class Publication:
    """Numbers of procedures of the command now published, and withdrawn by it."""

    published: int
    withdrawn: int


@requires(Right.EDIT_OFFICE)
def publish_procedures(command: PublishProcedures, context: Context, work: Writing) -> Publication:
    """Mark the procedures that the office publishes and takes in.

    An office that never chose publishes every procedure in force.

    Raises Refusal `publish_empty`, `publish_none`, `procedure_code`, `unknown_procedure`, `field_unknown`.
    """
    in_force = versions_in_force(work, context.today)
    chosen = {_code(text, in_force.keys()) for text in command.codes[:_MAX_CODES] if clean(text)}
    for text in command.fields:
        chosen |= _of_field(text, list(in_force.values()))
    if not chosen:
        raise Refusal("publish_empty", "codes")
    before = published_codes(work, context.today)
    after = before - chosen if command.withdraw else chosen if command.only else before | chosen
    if not after:
        raise Refusal("publish_none", "codes")
    listed = () if after == set(in_force) else sorted(after)
    records.replace_published(work, listed, context.today, context.actor)
    work.commit()
    return Publication(len(chosen & after), len(before - after))


def _code(text: str, known: Collection[str]) -> str:
    code = procedure_code(text, "codes")
    if code not in known:
        raise Refusal("unknown_procedure", "codes", procedure=code)
    return code


def _of_field(text: str, versions: Sequence[Version]) -> set[str]:
    folded = fold_text(clean(text))
    codes = {each.procedure.code for each in versions if fold_text(each.procedure.field) == folded}
    if not codes:
        raise Refusal("field_unknown", "field", text=text[:60])
    return codes
