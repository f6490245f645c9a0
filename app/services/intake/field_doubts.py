"""Doubts about single values of an intake form.

A value is in the wrong field, or unlikely.
Each function yields the field and the message. Nothing here needs the office's records.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.models.enums import Channel, PersonKind, ReturnBy
from app.models.errors import Message
from app.models.people import Person
from app.models.text import fold_text
from app.models.values.phones import phone_numbers

FieldDoubt = tuple[str, Message]
_PLACE_WORDS = "thôn|xóm|xã|phường|tổ dân phố|khu phố|ấp|huyện|quận|thị xã|thị trấn|tỉnh|thành phố|số nhà"
_IS_PLACE = re.compile(rf"({_PLACE_WORDS})\s+\S.*|.*,\s*({_PLACE_WORDS})\s+\S.*", re.IGNORECASE)
_IS_BODY = re.compile(
    r"(công ty|doanh nghiệp|hợp tác xã|hộ kinh doanh|chi nhánh|ủy ban|uỷ ban|ubnd|trường|ban quản lý)\s+\S.*",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\S+@\S+|[0-9](?:[ .-]?[0-9]){8,}")
_MAIL_HOSTS = (
    *("gmail.com", "ymail.com", "mail.com", "email.com", "yahoo.com", "yahoo.com.vn", "hotmail.com", "outlook.com"),
    *("icloud.com", "live.com", "zoho.com"),
)
_LIKENESS = 0.85
_LEAST_AGE, _MOST_AGE = 15, 105
"""Years of a person who submits alone (Điều 21 Bộ luật Dân sự 2015: fifteen), and of the oldest usual person."""
_MOST_SETS, _MOST_PAPERS, _MOST_PAGES, _MOST_DAYS, _MOST_FEE = 50, 20, 300, 365, 20_000_000
_FEE_STEP = 500


def person_doubts(person: Person, address: str, office_phone: str) -> Iterator[FieldDoubt]:
    """Yield what is in the wrong field of a person, or misspelt."""
    if person.kind is PersonKind.CITIZEN and person.name:
        yield from (("name", message) for message in _name_doubts(person.name))
    contact = _CONTACT.search(address)
    if contact:
        yield "address", Message("address_contact", {"text": contact.group()})
    elif person.name and fold_text(address) == fold_text(person.name):
        yield "address", Message("address_name", {"name": person.name})
    if person.phone and set(phone_numbers(person.phone)) & set(phone_numbers(office_phone)):
        yield "phone", Message("phone_office", {"phone": person.phone})
    yield from (("email", message) for message in _email_doubts(person.email or ""))


def _name_doubts(name: str) -> Iterator[Message]:
    if _IS_PLACE.fullmatch(name):
        yield Message("name_address", {"name": name})
    elif _IS_BODY.fullmatch(name):
        yield Message("name_body", {"name": name})
    elif len(name.split()) == 1:
        yield Message("name_one_word", {"name": name})


def _email_doubts(email: str) -> Iterator[Message]:
    host = email.rpartition("@")[2].lower()
    near = difflib.get_close_matches(host, _MAIL_HOSTS, 1, _LIKENESS)
    if near and host not in _MAIL_HOSTS:
        yield Message("email_near", {"email": email, "near": near[0]})
    elif "@" in email and not email.isascii():
        yield Message("email_shape", {"email": email})


def age_doubts(birth: str | None, submits: bool, today: date) -> Iterator[FieldDoubt]:
    """Yield a doubt about the age; a person who submits may be too young."""
    if birth is None:
        return
    years = today.year - int(birth[:4]) - (birth[5:] > f"{today:%m-%d}")
    if years > _MOST_AGE:
        yield "birth_date", Message("birth_old", {"years": years})
    elif submits and years < _LEAST_AGE:
        yield "birth_date", Message("birth_child", {"years": max(years, 0), "least": _LEAST_AGE})


def count_doubts(form: Mapping[str, Any]) -> Iterator[FieldDoubt]:
    """Yield counts, fee and term that are unusually high."""
    for key, most in (("quantity", _MOST_SETS), ("pages", _MOST_PAGES)):
        if _number(form.get(key)) > most:
            yield key, Message(f"{key}_many", {"count": _number(form[key])})
    fee = _number(form.get("fee"))
    if fee > _MOST_FEE or fee % _FEE_STEP:
        yield "fee", Message("fee_odd", {"amount": fee})
    term = form.get("term")
    limit = _number(term.get("limit")) if isinstance(term, Mapping) else 0
    if limit > _MOST_DAYS:
        yield "term.limit", Message("term_long", {"count": limit})
    for place, paper in enumerate(form.get("papers") or ()):
        count = max(_number(paper.get("originals")), _number(paper.get("copies")))
        if count > _MOST_PAPERS:
            yield f"papers.{place}", Message("paper_many", {"paper": str(paper.get("name") or ""), "count": count})


def _number(value: object) -> int:
    """Return a whole number as typed so far; 0 for anything else."""
    text = str(value if value is not None else "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else 0


def way_doubts(form: Mapping[str, Any]) -> Iterator[FieldDoubt]:
    """Yield what the channel or the way of return needs and the form lacks."""
    role = "submitter" if isinstance(form.get("submitter"), Mapping) else "applicant"
    facts = form.get(role)
    person: Mapping[str, Any] = facts if isinstance(facts, Mapping) else {}
    by_post = ReturnBy.POST.value in (form.get("return_by"), form.get("channel"))
    if by_post and not person.get("address"):
        yield f"{role}.address", Message("address_for_post")
    if form.get("return_by") == ReturnBy.ONLINE and not (person.get("email") or person.get("phone")):
        yield f"{role}.phone", Message("contact_for_online")
    if form.get("channel") == Channel.ONLINE and not (form.get("alias") or form.get("aliases")):
        yield "alias", Message("code_for_online")
