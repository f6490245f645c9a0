"""Statements on the sync files of this desk."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, insert, select, update

from app.models.journal import Bundle
from app.storage.outgoing.rows import AnsweredFileRow, BundleHeadRow, BundleRow, KeptFileRow, SentFileRow
from app.storage.uow import Reading, Writing

KEPT_FILES = 100
"""Answered files whose content stays stored, so that a receiver that lost them gets them again."""

_B = Bundle.c
_OF_EPOCH = _B.epoch == bindparam("of_epoch")
_OF = (_OF_EPOCH, _B.sequence == bindparam("of_file"))
_NEW_BUNDLE = insert(Bundle)
_LAST = (
    select(_B.sequence, _B.manifest_sha256)
    .where(_B.epoch == bindparam("of_epoch"))
    .order_by(_B.sequence.desc())
    .limit(1)
)
_FILE = select(_B.sequence, _B.records, _B.content, _B.sent_at).where(*_OF)
_UNANSWERED = select(_B.sequence).where(_OF_EPOCH, _B.answered_at.is_(None)).order_by(_B.sequence)
_NEVER_LEFT = _UNANSWERED.where(_B.sent_at.is_(None), _B.sequence < bindparam("before"))
_ANSWERED = select(_B.manifest_sha256, _B.answer).where(*_OF)
_STATE = case((_B.answered_at.is_not(None), "confirmed"), (_B.sent_at.is_not(None), "sent"), else_="waiting").label(
    "state"
)
_LIST = select(_B.epoch, _B.sequence, _B.records, _STATE, _B.tries, _B.last_trouble).order_by(_B.id)
_WITH_CONTENT = (
    select(_B.sequence, _B.records, _STATE).where(_OF_EPOCH, _B.content.is_not(None)).order_by(_B.sequence.desc())
)
_CHANGE = update(Bundle).where(*_OF)
_FIRST_DROPPED = (
    select(_B.id).where(_B.answered_at.is_not(None)).order_by(_B.id.desc()).offset(KEPT_FILES).limit(1)
).scalar_subquery()


def last_bundle(work: Reading, epoch: str) -> BundleHeadRow | None:
    """Return sequence and manifest digest of the newest sync file of an epoch."""
    return work.typed_row(BundleHeadRow._make, _LAST, {"of_epoch": epoch})


def bundle(work: Reading, epoch: str, sequence: int) -> BundleRow | None:
    """Return a stored sync file, or None."""
    return work.typed_row(BundleRow._make, _FILE, {"of_epoch": epoch, "of_file": sequence})


def unanswered(work: Reading, epoch: str) -> list[int]:
    """Return the sequences of an epoch's files that lack an answer, in order."""
    return [row.sequence for row in work.rows(_UNANSWERED, {"of_epoch": epoch})]


def never_left(work: Reading, epoch: str, before: int) -> list[int]:
    """Return the sequences of earlier files that are unwritten, in order."""
    return [row.sequence for row in work.rows(_NEVER_LEFT, {"of_epoch": epoch, "before": before})]


def answered_file(work: Reading, epoch: str, sequence: int) -> AnsweredFileRow | None:
    """Return manifest digest and stored answer of a file, or None."""
    return work.typed_row(AnsweredFileRow._make, _ANSWERED, {"of_epoch": epoch, "of_file": sequence})


def all_files(work: Reading) -> Sequence[SentFileRow]:
    """Return every file of this desk in the order in which they were made."""
    return work.typed_rows(SentFileRow._make, _LIST)


def kept_files(work: Reading, epoch: str) -> Sequence[KeptFileRow]:
    """Return the files of an epoch whose content is stored, newest first."""
    return work.typed_rows(KeptFileRow._make, _WITH_CONTENT, {"of_epoch": epoch})


def save_bundle(work: Writing, row: Mapping[str, Any]) -> None:
    """Store a sync file."""
    work.write(_NEW_BUNDLE, row)


def mark_left(work: Writing, epoch: str, sequence: int, at: datetime) -> None:
    """Record that a file has left this machine, the first time only."""
    values = {"of_epoch": epoch, "of_file": sequence}
    work.write(_CHANGE.where(_B.sent_at.is_(None)).values(sent_at=at), values)


def record_try(work: Writing, epoch: str, sequence: int, trouble: str | None) -> None:
    """Count a try to send a file, with its trouble."""
    work.write(_CHANGE.values(tries=_B.tries + 1, last_trouble=trouble), {"of_epoch": epoch, "of_file": sequence})


def save_answer(work: Writing, epoch: str, sequence: int, answer: bytes, at: datetime, usual: str | None) -> None:
    """Store the answer to a file, and drop the content of old answered files.

    `usual` is the result of the records that have none of their own.
    """
    values = {"of_epoch": epoch, "of_file": sequence}
    left_at = func.coalesce(_B.sent_at, int(at.timestamp()))
    answered = _CHANGE.values(answer=answer, answered_at=at, sent_at=left_at, last_trouble=None, usual_answer=usual)
    work.write(answered, values)
    work.write(
        update(Bundle)
        .where(_B.id <= _FIRST_DROPPED, _B.answered_at.is_not(None), _B.content.is_not(None))
        .values(content=None)
    )
