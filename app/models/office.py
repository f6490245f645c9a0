"""What an office is made of besides dossiers: its people, its calendar's decisions, its catalogue, its counters."""

from datetime import date
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.mapping import Base, Code, Day, Json, RowId
from app.models.values import DayKind


class Setting(Base):
    """One fact about this database: `training`, `epoch`, `signing_key`, …"""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class Counter(Base):
    """The last number given under a name; moved only inside the transaction that uses the number."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[int]


class User(Base):
    """A person who works with the program."""

    __tablename__ = "user_account"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    active: Mapped[bool]


class CalendarDecision(Base):
    """A decision that a day is off, made up for, reception only or half; the latest known one holds."""

    __tablename__ = "calendar_decision"
    __table_args__ = (Index("ix_calendar_decision_day", "day"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    day: Mapped[date] = mapped_column(Day)
    kind: Mapped[str | None] = mapped_column(Code(DayKind))
    hours: Mapped[str] = mapped_column(Text)
    decision: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date] = mapped_column(Day)


class ProcedureVersion(Base):
    """One version of a procedure, never changed: dossiers stay on the version they came in under."""

    __tablename__ = "procedure_version"
    __table_args__ = (
        UniqueConstraint("code", "version"),
        Index("ix_procedure_version_code_from", "code", "valid_from"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    code: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]
    valid_from: Mapped[date] = mapped_column(Day)
    name: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    facts: Mapped[Any] = mapped_column(Json)
    """The whole row as the catalogue's columns tell it (`app.models.procedures.to_row`)."""
