"""Audit of the office file, which any user of the machine may edit.

The file is not encrypted.
Changes are recorded under the name of the next user who signs in.
Another agency code is refused.
"""

from dataclasses import dataclass, fields

from app.models.enums import AccessKind, Right
from app.models.errors import Refusal
from app.services.context import Context
from app.services.permissions import public, requires
from app.settings import Office
from app.storage import office_settings, user_accounts
from app.storage.uow import Reading, Writing

_LAST_SEEN = "office_file_seen"


@dataclass(frozen=True)
class RecordOfficeFile:
    """Command: the user who signed in with the current file."""

    name: str


@dataclass(frozen=True)
class RecordOfficeEdit:
    """Command: the office of a file that the user is about to replace."""

    office: Office


@public("it returns only whether the file has changed")
def office_file_changed(query: None, context: Context, work: Reading) -> bool:
    """Return whether the office file differs from the last seen one."""
    return not context.training and office_settings.setting(work, _LAST_SEEN) != _office_to_json(context.office)


@public("no missing right may prevent the audit record")
def record_office_file(command: RecordOfficeFile, context: Context, work: Writing) -> None:
    """Store the file's content, and record which entries have changed.

    Raises Refusal `office_file_other` if a register with dossiers would continue under another agency code.
    """
    before, now = office_settings.setting(work, _LAST_SEEN), _office_to_json(context.office)
    if before is not None:
        _refuse_other(before["agency_code"], context.office, work)
        changed = ", ".join(name for name in sorted({*before, *now}) if before.get(name) != now.get(name))
        kind = AccessKind.OFFICE_FILE_CHANGED
        user_accounts.record_access(work, context.now, command.name, context.place, kind, about=changed)
    office_settings.save_settings(work, {_LAST_SEEN: now})
    work.commit()


@requires(Right.EDIT_OFFICE)
def record_office_edit(command: RecordOfficeEdit, context: Context, work: Writing) -> tuple[str, ...]:
    """Record which entries of the office file the user changes.

    Returns their keys. It is recorded before the file is replaced, so that no change lacks its record.
    Raises Refusal `office_identity` for another agency code or desk number.
    """
    before, now = _office_to_json(context.office), _office_to_json(command.office)
    changed = tuple(name for name in sorted(now) if before[name] != now[name])
    for key in ("agency_code", "workstation"):
        if key in changed:
            raise Refusal("office_identity", key)
    if changed:
        kind = AccessKind.OFFICE_FILE_CHANGED
        user_accounts.record_access(work, context.now, context.actor, context.place, kind, about=", ".join(changed))
        office_settings.save_settings(work, {_LAST_SEEN: now})
        work.commit()
    return changed


def _refuse_other(before: str, office: Office, work: Reading) -> None:
    from app.services.former_offices import FORMER_OFFICES
    from app.storage import dossiers  # imported only after a change, so that sign-in stays fast

    former = (office_settings.setting(work, FORMER_OFFICES) or [{}])[-1].get("agency_code")
    if before not in (office.agency_code, former) and dossiers.count_dossiers(work):
        raise Refusal("office_file_other", None, before=before, now=office.agency_code)


def _office_to_json(office: Office) -> dict[str, str]:
    return {field.name: str(getattr(office, field.name)) for field in fields(office) if field.name != "ignored"}
