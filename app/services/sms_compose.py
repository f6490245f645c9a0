"""Notices are written with the act that they tell of, in its transaction, where the office wants them.

Who gave no mobile number gets none, nor who said that he wants none; settled on the spot there is nothing to tell."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.models.enums import Action, ReturnBy, SmsSituation
from app.models.lifecycle import State, Transition
from app.models.people import comparable_phone
from app.services.context import Context
from app.storage import sms
from app.storage.office_settings import setting
from app.storage.uow import Reading, Writing
from app.wording.sms import sms_text

SMS_ENABLED = "notices"
"""The setting that tells whether the office sends notices; missing means no."""
OPTED_OUT = "notices_unwanted"
"""The setting that lists the telephones whose owners want none."""
_SITUATION_OF = {
    Action.INTAKE: SmsSituation.RECEIVED,
    Action.ASK_SUPPLEMENT: SmsSituation.SUPPLEMENT,
    Action.FINISH: SmsSituation.READY,
    Action.APOLOGISE: SmsSituation.APOLOGY,
    Action.REFUSE: SmsSituation.REFUSED,
    Action.STOP: SmsSituation.STOPPED,
    Action.WITHDRAW: SmsSituation.STOPPED,
    Action.CLOSE: SmsSituation.STOPPED,
}
_SUPERSEDING_ACTIONS = frozenset((Action.TAKE_BACK, Action.SUPPLEMENT, Action.RETURN, Action.VOID))
"""Acts after which what still waits to be told is not so any more."""
_MOBILE = re.compile(r"0[35789][0-9]{8}")


def mobile_number(phone: str | None) -> str:
    """The number as it is dialled here; empty for none, a fixed line or a number abroad."""
    dialled = comparable_phone(phone or "")
    return dialled if _MOBILE.fullmatch(dialled) else ""


def compose_sms(
    work: Writing,
    context: Context,
    dossier: tuple[int, str, ReturnBy],
    people: Mapping[str, Mapping[str, Any]],
    transitions: Sequence[Transition],
    state: State,
) -> None:
    """What the happenings let a citizen know; `dossier` is its row, its code and how the result is wanted."""
    if setting(work, SMS_ENABLED) is not True:
        return
    row, code, return_by = dossier
    acts = [transition.action for transition in transitions]
    again = any(transition.details.get("rebuilt") for transition in transitions)
    told = [_SITUATION_OF[action] for action in acts if action in _SITUATION_OF and not again]
    if told or _SUPERSEDING_ACTIONS.intersection(acts):
        sms.drop_waiting_sms(work, row, context.now)
    to = _recipient(work, people)
    if Action.AMEND in acts:
        _readdress_waiting(work, context, row, to)
    if told and to and Action.RETURN not in acts:
        _add_sms(work, context, row, to, told[-1], code, return_by, state.due_at)


def compose_holiday_sms(
    work: Writing,
    context: Context,
    dossier: tuple[int, str, ReturnBy],
    people: Mapping[str, Mapping[str, Any]],
    before: datetime,
    due: datetime | None,
) -> None:
    """A change of the calendar touches a promise: whom it was given to is told to ask."""
    if setting(work, SMS_ENABLED) is True and (to := _recipient(work, people)):
        row, code, return_by = dossier
        sms.drop_waiting_sms(work, row, context.now)
        _add_sms(work, context, row, to, SmsSituation.HOLIDAY, code, return_by, due, before)


def _readdress_waiting(work: Writing, context: Context, row: int, to: str) -> None:
    if to:
        sms.redirect_waiting_sms(work, row, to)
    else:
        sms.drop_waiting_sms(work, row, context.now)


def _add_sms(
    work: Writing,
    context: Context,
    row: int,
    to: str,
    situation: SmsSituation,
    code: str,
    return_by: ReturnBy,
    due: datetime | None,
    before: datetime | None = None,
) -> None:
    name = f"MẪU {context.office.name}" if context.training else context.office.name
    text = sms_text(situation, code, name, context.office.phone, return_by, due, before)
    told = {"dossier_id": row, "phone": to, "situation": situation, "text": text, "made_at": context.now}
    sms.add_sms(work, told)


def _recipient(work: Reading, people: Mapping[str, Mapping[str, Any]]) -> str:
    """Who stood at the counter, else whose dossier it is."""
    numbers = (mobile_number(people[role].get("phone")) for role in ("submitter", "applicant") if role in people)
    to = next(filter(None, numbers), "")
    return "" if to in (setting(work, OPTED_OUT) or ()) else to
