"""Compose text messages (SMS) for dossier actions.

They are stored in the transaction of the action. No message is composed if the office has not enabled SMS, if neither
submitter nor applicant has a mobile number, if the recipient has opted out, or if the dossier was settled at intake.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.models.enums import Action, SmsSituation
from app.models.lifecycle import State, Transition
from app.models.transitions import RESUMED
from app.models.values.phones import mobile_number
from app.services.context import Context
from app.services.law.counter import notice_rules
from app.services.national_record import Subject
from app.storage import sms
from app.storage.office_settings import setting
from app.storage.uow import Reading, Writing
from app.wording.sms import sms_text

SMS_ENABLED = "notices"
"""The setting that enables SMS; missing means disabled."""
OPTED_OUT = "notices_unwanted"
"""The setting that lists phone numbers whose owners opted out."""
_SUPERSEDING_ACTIONS = frozenset((Action.TAKE_BACK, Action.SUPPLEMENT, Action.RETURN, Action.VOID, Action.UNDO))
"""Actions after which waiting messages are no longer true."""


def compose_sms(
    work: Writing, context: Context, subject: Subject, transitions: Sequence[Transition], state: State
) -> None:
    """Update the waiting messages of a dossier after transitions."""
    if setting(work, SMS_ENABLED) is not True:
        return
    actions = [transition.action for transition in transitions]
    rebuilt = any(transition.details.get("rebuilt") for transition in transitions)
    caused = notice_rules(work, context.today).situations
    situations = [caused[action] for action in actions if action in caused and not rebuilt]
    resumed = any(transition.details.get(RESUMED) for transition in transitions)
    if situations or resumed or _SUPERSEDING_ACTIONS.intersection(actions):
        sms.drop_waiting_sms(work, subject.id, context.now)
    phone = _recipient(work, subject.people)
    if Action.AMEND in actions:
        _readdress_waiting(work, context, subject.id, phone)
    if situations and phone and Action.RETURN not in actions:
        _add_sms(work, context, subject, phone, situations[-1], state.due_at)


def compose_holiday_sms(
    work: Writing, context: Context, subject: Subject, before: datetime, due: datetime | None
) -> None:
    """Compose the message that a calendar change affects a promised date.

    `before` is the promised date, `due` the recalculated one.
    """
    if setting(work, SMS_ENABLED) is True and (phone := _recipient(work, subject.people)):
        sms.drop_waiting_sms(work, subject.id, context.now)
        _add_sms(work, context, subject, phone, SmsSituation.HOLIDAY, due, before=before)


def _readdress_waiting(work: Writing, context: Context, dossier_id: int, phone: str) -> None:
    if phone:
        sms.redirect_waiting_sms(work, dossier_id, phone)
    else:
        sms.drop_waiting_sms(work, dossier_id, context.now)


def _add_sms(
    work: Writing,
    context: Context,
    subject: Subject,
    phone: str,
    situation: str,
    due: datetime | None,
    before: datetime | None = None,
) -> None:
    name = f"MẪU {context.office.name}" if context.training else context.office.name
    pattern = notice_rules(work, context.today).text(situation, subject.return_by, "due" if due else "no_due")
    if not pattern:
        return
    text = sms_text(pattern, subject.code, name, context.office.phone, due, before)
    row = {"dossier_id": subject.id, "phone": phone, "situation": situation, "text": text, "made_at": context.now}
    sms.add_sms(work, row)


def _recipient(work: Reading, people: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the mobile number of the submitter, or of the applicant.

    Empty if there is none or its owner opted out.
    """
    numbers = (mobile_number(people[role].get("phone")) for role in ("submitter", "applicant") if role in people)
    phone = next(filter(None, numbers), "")
    return "" if phone in (setting(work, OPTED_OUT) or ()) else phone
