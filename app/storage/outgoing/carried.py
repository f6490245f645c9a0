"""Which records the files of an epoch carry.

A file carries the records `record_from` to `record_to` of one desk, and the files of an epoch carry the records of a
desk in order and without a gap. What no file carries yet follows the last `record_to` of its desk.
"""

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, func, select

from app.models.journal import Bundle, ChainHead, Event
from app.storage.journal import NEVER_SENT_CHAIN

_E, _B = Event.c, Bundle.c
OF_EPOCH = _B.epoch == bindparam("epoch")
"""The files of the epoch that the parameter `epoch` names."""
IN_RANGE = and_(_E.workstation == _B.workstation, _E.sequence.between(_B.record_from, _B.record_to))
"""Join of a file to the events that it carries."""
IS_SENT_UP = ChainHead.c.workstation < NEVER_SENT_CHAIN
"""The chains whose records are sent."""


def carried_to(desk: ColumnElement[int]) -> ColumnElement[int]:
    """Return the last record of a desk in the epoch's files, 0 for none."""
    last = select(func.max(_B.record_to)).where(OF_EPOCH, _B.workstation == desk)
    return func.coalesce(last.correlate(ChainHead).scalar_subquery(), 0)


def file_of_event() -> ScalarSelect[int]:
    """Return the file of the epoch that carries the event of the row, or NULL."""
    is_first = (OF_EPOCH, _B.workstation == _E.workstation, _B.record_to >= _E.sequence, _B.record_from <= _E.sequence)
    return select(_B.sequence).where(*is_first).order_by(_B.record_to).limit(1).correlate(Event).scalar_subquery()


def is_unsent() -> ColumnElement[bool]:
    """Return the condition of an event that no file of the epoch carries."""
    return and_(
        IS_SENT_UP, _E.workstation == ChainHead.c.workstation, _E.sequence > carried_to(ChainHead.c.workstation)
    )
