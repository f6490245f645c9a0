"""Receiver of a result: name, number, and authority or postal number."""

from collections.abc import Mapping
from typing import Any

from app.models.errors import Refusal
from app.models.text import visible_text

RECEIVER = "receiver"
"""Fact of a return: number of the receiver, and their authority or the postal number."""
_LIMITS = {"receiver_id": 40, "authority": 500}


def receiver_facts(receiver_id: str | None, authority: str | None) -> dict[str, Any]:
    """Return the facts of the person who received a result.

    Raises Refusal `text_too_long`.
    """
    number, paper = _checked(receiver_id, "receiver_id"), _checked(authority, "authority")
    return {RECEIVER: {"id_number": number, "authority": paper}}


def receiver_of(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return number and authority of a return.

    It is empty for a return of an earlier release.
    """
    receiver: Mapping[str, Any] = facts.get(RECEIVER, {})
    return receiver


def submitter_facts(people: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the facts of a return to the submitter."""
    submitter = people.get("submitter", people["applicant"])
    authority = submitter.get("authority") or people.get("principal", {}).get("authority")
    return receiver_facts(submitter.get("id_number"), authority)


def _checked(text: str | None, field: str) -> str | None:
    if text is None:
        return None
    limit = _LIMITS[field]
    if len(text) > limit:
        raise Refusal("text_too_long", field, limit=limit, length=len(text))
    return visible_text(text, field) or None
