"""A dossier as the register keeps it: the row with its current state, the people, the papers, the other codes.

The state columns are a cache of the journal's events, written in the same transaction; `check` proves they agree."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.mapping import Base, Code, Day, Instant, Json, RowId
from app.models.people import compared_phone
from app.models.values import Channel, Handling, ReturnBy, Status, fold


def search_text(people: Sequence[Mapping[str, Any]], codes: Iterable[str | None]) -> str:
    """What a dossier is found by: names and numbers of its people, phones as they are compared, its codes; folded,
    each once."""
    told = [text for person in people for text in (person["name"], person.get("id_number"))]
    told += [compared_phone(person["phone"]) for person in people if person.get("phone")]
    return " ".join(dict.fromkeys(fold(text) for text in (*told, *codes) if text))


class Dossier(Base):
    """Hồ sơ: one request of one applicant, from intake to the result in his hand."""

    __tablename__ = "dossier"
    __table_args__ = (
        Index(
            "ix_dossier_figures",
            "field",
            "winding",
            "received_day",
            "closed_day",
            "outcome",
            "original_due_day",
            "channel",
            "procedure_code",
        ),
        Index("ix_dossier_open", "status", "due_day"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    code_comparable: Mapped[str] = mapped_column(String(64), unique=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    procedure_version_id: Mapped[int] = mapped_column(ForeignKey("procedure_version.id"))
    procedure_code: Mapped[str] = mapped_column(String(8))
    field: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Code(Channel))
    quantity: Mapped[int]
    return_by: Mapped[str] = mapped_column(Code(ReturnBy))
    note: Mapped[str | None] = mapped_column(Text)
    at_once: Mapped[bool]
    term: Mapped[Any] = mapped_column(Json)
    proof: Mapped[Any] = mapped_column(Json)
    warnings: Mapped[Any] = mapped_column(Json)
    fee: Mapped[int | None]
    paid: Mapped[int]
    fee_receipt: Mapped[str | None] = mapped_column(String(64))
    register_book: Mapped[str] = mapped_column(String(16))
    register_number: Mapped[int]
    applicant_name: Mapped[str] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Code(Status))
    outcome: Mapped[str | None] = mapped_column(Code(Status))
    holder: Mapped[str] = mapped_column(Text)
    previous_holder: Mapped[str | None] = mapped_column(Text)
    leg_open: Mapped[bool]
    received_at: Mapped[datetime] = mapped_column(Instant)
    received_day: Mapped[date] = mapped_column(Day)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    due_day: Mapped[date | None] = mapped_column(Day)
    original_due_at: Mapped[datetime | None] = mapped_column(Instant)
    original_due_day: Mapped[date | None] = mapped_column(Day)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_day: Mapped[date | None] = mapped_column(Day)
    returned_at: Mapped[datetime | None] = mapped_column(Instant)
    received_by: Mapped[str | None] = mapped_column(Text)
    apologised: Mapped[bool]
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    """The dossier taken in wrongly the same day, whose place this one takes."""
    winding: Mapped[bool]
    """True once the past of this dossier can no longer be read off this row alone (a supplement asked, a result
    taken back): figures of an earlier day then come from its events."""


class Party(Base):
    """A person of a dossier in one role: chủ hồ sơ (applicant), người nộp (submitter), người ủy quyền (principal)."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(Text)
    id_number: Mapped[str | None] = mapped_column(String(40), index=True)
    details: Mapped[Any] = mapped_column(Json)


class DossierPaper(Base):
    """Thành phần hồ sơ: one paper that came with the dossier, in the order of the receipt."""

    __tablename__ = "dossier_paper"
    __table_args__ = (UniqueConstraint("dossier_id", "position"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    handling: Mapped[str] = mapped_column(Code(Handling))
    originals: Mapped[int]
    copies: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)


class Alias(Base):
    """A code given elsewhere (portal, online, an older office) under which the dossier is also found."""

    __tablename__ = "alias"

    comparable: Mapped[str] = mapped_column(String(64), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    text: Mapped[str] = mapped_column(String(64))


class Request(Base):
    """An intake that its sender may repeat: the same `request_id` gets the same answer and no second dossier."""

    __tablename__ = "request"

    request_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    answer: Mapped[Any] = mapped_column(Json)
