"""A dossier as the register keeps it: the row with its current state, the people, the papers, the other codes.

The state columns are a cache of the journal's events, written in the same transaction; `check` proves they agree."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.models.enums import Channel, Handling, ReturnBy, Status
from app.models.mapping import Code, Day, Instant, Json, RowId, metadata, required
from app.models.people import comparable_phone
from app.models.text import fold_text


def dossier_search_text(people: Sequence[Mapping[str, Any]], codes: Iterable[str | None]) -> str:
    """What a dossier is found by: names and numbers of its people, phones as they are compared, its codes; folded,
    each once."""
    told = [text for person in people for text in (person["name"], person.get("id_number"))]
    told += [comparable_phone(person["phone"]) for person in people if person.get("phone")]
    return " ".join(dict.fromkeys(fold_text(text) for text in (*told, *codes) if text))


Dossier = Table(
    "dossier",
    metadata,
    Column("id", RowId, primary_key=True),
    required("code", String(64), unique=True),
    required("code_comparable", String(64), unique=True),
    required("key", String(16), unique=True),
    required("procedure_version_id", ForeignKey("procedure_version.id")),
    required("procedure_code", String(8)),
    required("field", Text),
    required("channel", Code(Channel)),
    required("quantity", Integer),
    required("return_by", Code(ReturnBy)),
    Column("note", Text),
    required("at_once", Boolean),
    required("term", Json),
    required("proof", Json),
    required("warnings", Json),
    Column("fee", Integer),
    required("paid", Integer),
    Column("fee_receipt", String(64)),
    required("register_book", String(16)),
    required("register_number", Integer),
    required("applicant_name", Text),
    required("search_text", Text),
    required("status", Code(Status)),
    Column("outcome", Code(Status)),
    required("holder", Text),
    Column("previous_holder", Text),
    required("leg_open", Boolean),
    required("received_at", Instant),
    required("received_day", Day),
    Column("due_at", Instant),
    Column("due_day", Day),
    Column("original_due_at", Instant),
    Column("original_due_day", Day),
    Column("closed_at", Instant),
    Column("closed_day", Day),
    Column("returned_at", Instant),
    Column("received_by", Text),
    required("apologised", Boolean),
    Column("paused_at", Instant),
    # The dossier taken in wrongly the same day, whose place this one takes.
    Column("replaces_id", ForeignKey("dossier.id"), index=True),
    # True once the past of this dossier can no longer be read off this row alone (a supplement asked, a result taken
    # back): figures of an earlier day then come from its events.
    required("winding", Boolean),
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
"""Hồ sơ: one request of one applicant, from intake to the result in his hand."""


Party = Table(
    "party",
    metadata,
    Column("id", RowId, primary_key=True),
    required("dossier_id", ForeignKey("dossier.id"), index=True),
    required("role", String(12)),
    required("name", Text),
    Column("id_number", String(40), index=True),
    required("details", Json),
)
"""A person of a dossier in one role: chủ hồ sơ (applicant), người nộp (submitter), người ủy quyền (principal)."""


DossierPaper = Table(
    "dossier_paper",
    metadata,
    Column("id", RowId, primary_key=True),
    required("dossier_id", ForeignKey("dossier.id")),
    required("position", Integer),
    required("name", Text),
    required("handling", Code(Handling)),
    required("originals", Integer),
    required("copies", Integer),
    Column("reason", Text),
    UniqueConstraint("dossier_id", "position"),
)
"""Thành phần hồ sơ: one paper that came with the dossier, in the order of the receipt."""


Alias = Table(
    "alias",
    metadata,
    Column("comparable", String(64), primary_key=True),
    required("dossier_id", ForeignKey("dossier.id"), index=True),
    required("text", String(64)),
)
"""A code given elsewhere (portal, online, an older office) under which the dossier is also found."""


PreprintedReceipt = Table(
    "blank",
    metadata,
    Column("id", RowId, primary_key=True),
    required("code", String(64)),
    required("code_comparable", String(64), unique=True),
    required("key", String(16), unique=True),
    required("day", Day),
    required("printed_at", Instant),
    required("actor", Text),
    required("warnings", Json),
    Column("dossier_id", ForeignKey("dossier.id"), index=True),
    Column("spoilt_at", Instant),
    Column("spoilt_by", Text),
    Column("reason", Text),
)
"""A receipt printed with its number before anybody came, for hours without power: unused, taken in as a dossier, or
spoilt with a reason. Its number was taken from the desk's counter as it was printed and is no other dossier's."""


IntakeRequest = Table(
    "request",
    metadata,
    Column("request_id", String(200), primary_key=True),
    required("dossier_id", ForeignKey("dossier.id")),
    required("answer", Json),
)
"""An intake that its sender may repeat: the same `request_id` gets the same answer and no second dossier."""
