"""Statements of the check on seals."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import text

from app.storage.seals.tables import SealedTable
from app.storage.uow import Reading

_CHAIN = text("SELECT id, table_name, row_key, row_label, row_digest, hash FROM seal ORDER BY id")
_HEAD = text("SELECT sequence, hash FROM seal_head WHERE id = 1")


class SealRow(NamedTuple):
    """One seal; `digest` is None for a removed row."""

    sequence: int
    table: str
    key: str
    label: str | None
    digest: str | None
    hash: str


class MissingRow(NamedTuple):
    """Key and label of a sealed row that is no longer there."""

    key: str
    label: str | None


def seal_chain(work: Reading) -> Iterator[SealRow]:
    """Yield every seal in order."""
    return work.typed_stream(SealRow._make, _CHAIN)


def seal_head(work: Reading) -> tuple[int, str] | None:
    """Return the stored end of the chain, or None."""
    row = work.row(_HEAD)
    return None if row is None else (row.sequence, row.hash)


def rows_with_digest(work: Reading, table: SealedTable) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """Yield each row of a table as stored, with the digest of its last seal.

    The digest is None for a row without a seal, or sealed as removed.
    """
    last = f"SELECT max(id) FROM seal WHERE table_name = '{table.name}' AND row_key = CAST(t.{table.key} AS TEXT)"  # noqa: S608
    statement = text(
        f"SELECT s.row_digest AS sealed_digest, t.* FROM {table.name} t LEFT JOIN seal s ON s.id = ({last})"  # noqa: S608
        f" ORDER BY t.{table.key}"
    )
    for row in work.typed_stream(lambda row: dict(row._mapping), statement):
        digest = row.pop("sealed_digest")
        yield row, digest


def missing_rows(work: Reading, table: SealedTable) -> Iterator[MissingRow]:
    """Yield the sealed rows that a table no longer has."""
    statement = text(
        "SELECT s.row_key, s.row_label FROM seal s WHERE s.table_name = :name AND s.row_digest IS NOT NULL"  # noqa: S608
        " AND s.id = (SELECT max(id) FROM seal WHERE table_name = s.table_name AND row_key = s.row_key)"
        f" AND NOT EXISTS (SELECT 1 FROM {table.name} t WHERE t.{table.key} = s.row_key) ORDER BY s.id"
    ).bindparams(name=table.name)
    return work.typed_stream(MissingRow._make, statement)
