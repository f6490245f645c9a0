"""Checks of a new version of a procedure, for the editor and the import."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from app.models.errors import Refusal
from app.models.procedures import Procedure
from app.models.values.order import vietnamese_key
from app.services.versions import Version
from app.storage import catalogue
from app.storage.uow import Reading


def refuse_stranding(procedure: Procedure, versions: Sequence[Version], day: date, today: date, work: Reading) -> None:
    """Refuse a version that begins before dossiers received under another one.

    The register would show a rule that did not apply to them. A version may begin today: the dossiers already received
    today keep their version.

    Raises Refusal `version_before_current`, `version_in_use`.
    """
    current = version_in_force(versions, today)
    if current is None or day >= today:
        return
    if day < current.valid_from:
        raise Refusal("version_before_current", "valid_from", first=current.valid_from.isoformat())
    count, last = catalogue.received_since(work, procedure.code, fields_of(versions), day)
    if last is not None:
        first = min(today, last + timedelta(days=1))
        raise Refusal("version_in_use", "valid_from", count=count, day=day.isoformat(), first=first.isoformat())


def refuse_lost_successor(procedure: Procedure, day: date, versions_of: Callable[[str], Sequence[Version]]) -> None:
    """Refuse a superseded code without a successor in force.

    The successor must be in force from that day on.

    Raises Refusal `successor_unknown`.
    """
    code = procedure.superseded_by
    if code is None:
        return
    successors = versions_of(code)
    begun = version_in_force(successors, day)
    later = [version for version in successors if version.valid_from > day]
    if begun is None or any(version.procedure.withdrawn for version in (begun, *later)):
        raise Refusal("successor_unknown", "superseded_by", code=code, first=day.isoformat())


def fields_of(versions: Sequence[Version]) -> list[str]:
    """Return the fields (lĩnh vực) of the versions."""
    return sorted({version.procedure.field for version in versions}, key=vietnamese_key)


def version_in_force(versions: Sequence[Version], day: date) -> Version | None:
    """Return the version in force on a day.

    Of two versions with one first day it is the later one.
    """
    begun = (version for version in versions if version.valid_from <= day)
    return max(begun, key=lambda version: (version.valid_from, version.version), default=None)
