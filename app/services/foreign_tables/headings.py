"""Headings of Biểu II.06a in other offices' tables.

They are the keys, or Vietnamese in any order and number of lines.
"""

import re

from app.models.figures import COLUMNS

FIELD, NUMBER = "field", "number"
_FIELD_WORDS = re.compile(
    r"\b(linh vuc|don vi|co quan|thu tuc|cong vic|noi dung|xa|phuong|dia phuong|phong ban|ten|field|procedure)\b"
)
_NUMBER_WORDS = re.compile(r"\b(tt|stt|so tt|so thu tu|no)\b")
_RESOLVED = re.compile(r"\b(da giai quyet|da xu ly|ket qua giai quyet|giai quyet xong|da hoan thanh|da tra ket qua)\b")
_PENDING = re.compile(r"\b(dang giai quyet|dang xu ly|chua giai quyet|con lai|ton|chuyen ky sau|dang thu ly)\b")
_RECEIVED = re.compile(r"\b(tiep nhan|nhan|da nhan)\b")
_ONLINE = re.compile(r"\b(truc tuyen|qua mang|dvctt|dich vu cong)\b")
_DIRECT = re.compile(r"\b(truc tiep|buu chinh|bcci|buu dien)\b")
_CARRIED = re.compile(r"\b(ky truoc|thang truoc|quy truoc|nam truoc|ton dau ky|chuyen sang|chuyen qua)\b")
_EARLY = re.compile(r"\b(truoc han|som han|som)\b")
_ON_TIME = re.compile(r"\bdung han\b")
_LATE = re.compile(r"\b(qua han|tre han|tre hen|cham han)\b")
_IN_TIME = re.compile(r"\b(trong han|chua den han|con han|chua qua han)\b")
_RETURNED = re.compile(r"\b(tra lai|khong giai quyet|tu choi|khong du dieu kien)\b")
_WITHDRAWN = re.compile(r"\b(rut|dung giai quyet|dung xu ly)\b")
_SHARE = re.compile(r"%|\b(ty le|ti le|ty trong)\b")


def recognise_06a(heading: str) -> str | None:
    """Return the column of Biểu II.06a that a folded heading means, or None."""
    plain = heading.replace(" / ", " ")
    last = heading.rpartition(" / ")[2]
    key = last.replace(" ", "_")
    if key in COLUMNS:
        return key
    if _SHARE.search(plain):
        return None
    if _NUMBER_WORDS.fullmatch(plain):
        return NUMBER
    return _resolved_or_pending(plain, last) or _received(plain) or _without_group(plain)


def _resolved_or_pending(plain: str, last: str) -> str | None:
    pending = _PENDING.search(plain)
    if pending and not _CARRIED.search(plain):
        if _IN_TIME.search(plain):
            return "pending_in_time"
        return "pending_late" if _LATE.search(plain) else "pending"
    if _RESOLVED.search(plain):
        return _resolved(plain, last)
    return None


def _resolved(plain: str, last: str) -> str:
    if _ON_TIME.search(plain):  # before the others: its label names returned and withdrawn dossiers
        return "resolved_on_time"
    if _EARLY.search(plain):
        return "resolved_early"
    if _LATE.search(plain):
        return "resolved_late"
    if _RETURNED.search(last):
        return "returned_unresolved"
    return "withdrawn" if _WITHDRAWN.search(last) else "resolved"


def _received(plain: str) -> str | None:
    if _CARRIED.search(plain):
        return "carried_over"
    if _ONLINE.search(plain):
        return "received_online"
    if _DIRECT.search(plain):
        return "received_direct_post"
    if _RETURNED.search(plain):
        return "returned_unresolved"
    if _RECEIVED.search(plain) and not _FIELD_WORDS.match(plain):
        return "received"
    return None


def _without_group(plain: str) -> str | None:
    """Return the column of a heading outside the three groups of the form."""
    for pattern, column in (
        (_ON_TIME, "resolved_on_time"),
        (_EARLY, "resolved_early"),
        (_IN_TIME, "pending_in_time"),
        (_WITHDRAWN, "withdrawn"),
    ):
        if pattern.search(plain):
            return column
    return FIELD if _FIELD_WORDS.search(plain) else None
