"""The office file lies open beside the database and anybody at the machine may edit it: what was changed in it is on
record under the name of whoever signed in next, and another agency's code is not believed."""

from dataclasses import dataclass, fields

from app.models.enums import AccessKind
from app.models.errors import Refusal
from app.services.context import Context
from app.services.permissions import public
from app.settings import Office
from app.storage import office_settings, user_accounts
from app.storage.uow import Reading, Writing

_LAST_SEEN = "office_file_seen"


@dataclass(frozen=True)
class RecordOfficeFile:
    """Who signed in with the file as it is now."""

    name: str


@public("it answers whether something is to be written down, nothing else")
def office_file_changed(query: None, context: Context, work: Reading) -> bool:
    """Whether the office file is not the one that was seen last."""
    return not context.training and office_settings.setting(work, _LAST_SEEN) != _office_to_json(context.office)


@public("nobody may forbid that it is written down")
def record_office_file(command: RecordOfficeFile, context: Context, work: Writing) -> None:
    """Keep what the file says now, and which of its entries are others than before.

    Raises Refusal `office_file_other` where a register with dossiers would go on under another agency's code.
    """
    before, now = office_settings.setting(work, _LAST_SEEN), _office_to_json(context.office)
    if before is not None:
        _refuse_other(before["agency_code"], context.office, work)
        changed = ", ".join(name for name in sorted({*before, *now}) if before.get(name) != now.get(name))
        what = AccessKind.OFFICE_FILE_CHANGED
        user_accounts.record_access(work, context.now, command.name, context.place, what, about=changed)
    office_settings.save_settings(work, {_LAST_SEEN: now})
    work.commit()


def _refuse_other(before: str, office: Office, work: Reading) -> None:
    from app.services.former_offices import FORMER_OFFICES
    from app.storage import dossiers  # read where the file was changed: a usual sign-in does not wait for it

    former = (office_settings.setting(work, FORMER_OFFICES) or [{}])[-1].get("agency_code")
    if before not in (office.agency_code, former) and dossiers.count_dossiers(work):
        raise Refusal("office_file_other", None, before=before, now=office.agency_code)


def _office_to_json(office: Office) -> dict[str, str]:
    return {field.name: str(getattr(office, field.name)) for field in fields(office)}
