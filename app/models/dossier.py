"""Tables of the dossiers: current state, people, papers, other codes.

The state columns are a cache of the journal's events, written in the same transaction. `check` proves that both agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.models.enums import Channel, Handling, Origin, ReturnBy, Status
from app.models.mapping import Code, Day, Instant, Json, RowId, metadata, required
from app.models.text import fold_text
from app.models.values.numbers import comparable_number
from app.models.values.phones import phone_numbers


def dossier_search_text(people: Sequence[Mapping[str, Any]], codes: Iterable[str | None]) -> str:
    """Return the text that the search of dossiers matches.

    It contains the folded names and numbers of the people, numbers and phones in comparable form, and the codes, each
    once.
    """
    terms = [text for person in people for text in (person["name"], person.get("id_number"))]
    terms += [comparable_number(person["id_number"]) for person in people if person.get("id_number")]
    terms += [number for person in people for number in phone_numbers(person.get("phone") or "")]
    return " ".join(dict.fromkeys(fold_text(text) for text in (*terms, *codes) if text))


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
    # The dossier accepted by mistake on the same day that this one replaces.
    Column("replaces_id", ForeignKey("dossier.id"), index=True),
    # True once the row alone no longer shows the past of the dossier, for example after a supplement request or a
    # recalled result. Figures of an earlier day then come from its events.
    required("winding", Boolean),
    # None for a dossier accepted at the counter.
    Column("origin", Code(Origin)),
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
    Index(
        "ix_dossier_closed", "winding", "closed_day", "outcome", "original_due_day", "received_day", "procedure_code"
    ),
    Index(
        "ix_dossier_received",
        "winding",
        "received_day",
        "closed_day",
        "outcome",
        "original_due_day",
        "channel",
        "field",
        "paid",
    ),
)
"""Hồ sơ: one request of one applicant, from intake to the returned result."""

_IS_IMPORTED = Dossier.c.origin.is_not(None)
# The WHERE for PostgreSQL is in the migration only, because naming it here would load that dialect at each start.
Index("ix_dossier_origin", Dossier.c.origin, sqlite_where=_IS_IMPORTED)


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
"""Person of a dossier in one role: chủ hồ sơ (applicant), người nộp (submitter), người ủy quyền (principal)."""


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
"""Thành phần hồ sơ: one paper submitted with the dossier, in the order of the receipt."""
Index(
    "ix_dossier_paper_looked_up",
    DossierPaper.c.dossier_id,
    sqlite_where=DossierPaper.c.handling == Handling.LOOKUP.value,
)


Alias = Table(
    "alias",
    metadata,
    Column("comparable", String(64), primary_key=True),
    required("dossier_id", ForeignKey("dossier.id"), index=True),
    required("text", String(64)),
    Column("system", String(120)),
)
"""Code issued elsewhere (portal, online, an older office) under which the dossier is also found.

`system` is the name of the system that issued it, None if unknown.
"""


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
"""Receipt printed with its number in advance, for hours without power.

It is unused, entered as a dossier, or spoilt with a reason. Its number comes from the desk's counter at printing time,
so that no other dossier gets it.
"""


IntakeRequest = Table(
    "request",
    metadata,
    Column("request_id", String(200), primary_key=True),
    required("dossier_id", ForeignKey("dossier.id")),
    required("answer", Json),
)
"""Intake that its sender may repeat: the same `request_id` gets the same answer and no second dossier."""
