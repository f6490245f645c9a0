"""Procedures in force, and those that the office publishes."""

from collections.abc import Mapping
from datetime import date

from app.models.errors import Refusal
from app.services.versions import Version, as_version
from app.storage import catalogue
from app.storage.reporting import records
from app.storage.uow import Reading


def versions_in_force(work: Reading, day: date) -> Mapping[str, Version]:
    """Return the procedures in force on a day that take in dossiers, by code."""
    versions = [as_version(row) for row in catalogue.current_versions(work, day)]
    return {v.procedure.code: v for v in versions if not v.procedure.withdrawn and not v.procedure.superseded_by}


def published_codes(work: Reading, day: date) -> set[str]:
    """Return the codes of the published procedures in force on a day.

    An office that never chose publishes every procedure.
    """
    in_force = set(versions_in_force(work, day))
    chosen = {row.code for row in records.published_procedures(work)}
    return chosen & in_force if chosen else in_force


def check_published(work: Reading, code: str) -> None:
    """Check that the office takes in a procedure.

    Raises Refusal `procedure_unpublished`.
    """
    if not records.is_published(work, code):
        raise Refusal("procedure_unpublished", "procedure", procedure=code)
