"""Dossiers in their last state, and the names of fields."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from hub.storage.database import Connection
from hub.storage.records import escaped


class DossierRow(NamedTuple):
    """A dossier in its last state; instants and days are text.

    `interrupted` marks a dossier whose due day or end ever changed, or that waited for the citizen: the figures of a
    past period are counted from its records instead of this row.
    """

    code: str
    field_id: int
    online: bool
    procedure_code: str
    procedure_name: str
    interrupted: bool
    place: int
    line: int
    status: str
    outcome: str | None
    received_at: str
    original_due_at: str | None
    due_at: str | None
    closed_at: str | None
    returned_at: str | None
    received_day: str
    due_day: str | None
    closed_day: str | None


_COLUMNS = ", ".join(DossierRow._fields)
_READ = ", ".join(f"{name}::text" if name.endswith(("_at", "_day")) else name for name in DossierRow._fields)
_TYPES = {
    **dict.fromkeys(("online", "interrupted"), "boolean"),
    "field_id": "integer",
    "line": "integer",
    "place": "bigint",
}
_NULL = "\\N"


def _type_of(name: str) -> str:
    if name.endswith("_at"):
        return "timestamptz"
    return "date" if name.endswith("_day") else _TYPES.get(name, "text")


_UPDATE = (
    f"UPDATE dossier d SET {', '.join(f'{name} = n.{name}' for name in DossierRow._fields[1:])}"
    f" FROM unnest({', '.join(f'%s::{_type_of(name)}[]' for name in DossierRow._fields)}) AS n ({_COLUMNS})"
    " WHERE d.site_id = %s AND d.code = n.code"
).encode()
_COPY = f"COPY dossier (site_id, {_COLUMNS}) FROM STDIN".encode()
_BY_CODE = f"SELECT {_READ} FROM dossier WHERE site_id = %s AND code = ANY(%s)".encode()


def stored(connection: Connection, site_id: int, codes: Collection[str]) -> dict[str, DossierRow]:
    """Return the stored dossiers among these codes."""
    rows = connection.execute(_BY_CODE, (site_id, list(codes)))
    return {row[0]: DossierRow(*row) for row in rows}


def insert(connection: Connection, site_id: int, rows: Sequence[DossierRow]) -> None:
    """Store new dossiers by one COPY."""
    if rows:
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write("".join([_dossier_line(site_id, row) for row in rows]))


def update(connection: Connection, site_id: int, rows: Sequence[DossierRow]) -> None:
    """Store the new states of dossiers."""
    if rows:
        columns: list[object] = [list(values) for values in zip(*rows, strict=True)]
        connection.execute(_UPDATE, (*columns, site_id))


class FieldNumbers:
    """The numbers of fields by name, each read once.

    A name that is new in a transaction is remembered only if the transaction commits: `copy` before, `keep` behind.
    """

    def __init__(self, known: dict[str, int] | None = None) -> None:
        self._known = known or {}

    def copy(self) -> "FieldNumbers":
        """Return the numbers for one transaction."""
        return FieldNumbers(dict(self._known))

    def keep(self, committed: "FieldNumbers") -> None:
        """Remember what a transaction read and committed."""
        self._known = dict(committed._known)

    def numbers(self, connection: Connection, names: Collection[str]) -> Mapping[str, int]:
        """Return the numbers of these names, at least."""
        missing = set(names) - self._known.keys() - {""}
        if missing:
            self._known |= field_ids(connection, missing)
        return self._known


def field_ids(connection: Connection, names: Collection[str]) -> dict[str, int]:
    """Return the numbers of fields by name; a new name gets one."""
    known = _known_fields(connection, names)
    missing = sorted(set(names) - known.keys())
    if missing:
        connection.execute("INSERT INTO field (name) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (missing,))
        known = _known_fields(connection, names)
    return known


def _known_fields(connection: Connection, names: Collection[str]) -> dict[str, int]:
    rows = connection.execute("SELECT name, field_id FROM field WHERE name = ANY(%s)", (list(names),))
    return dict(rows.fetchall())


def _dossier_line(site_id: int, row: DossierRow) -> str:
    """Return a dossier in the text format of COPY."""
    return (
        f"{site_id}\t{escaped(row.code)}\t{row.field_id}\t{row.online}\t{escaped(row.procedure_code)}"
        f"\t{escaped(row.procedure_name)}\t{row.interrupted}\t{row.place}\t{row.line}\t{row.status}"
        f"\t{row.outcome or _NULL}\t{row.received_at}\t{row.original_due_at or _NULL}\t{row.due_at or _NULL}"
        f"\t{row.closed_at or _NULL}\t{row.returned_at or _NULL}\t{row.received_day}\t{row.due_day or _NULL}"
        f"\t{row.closed_day or _NULL}\n"
    )
