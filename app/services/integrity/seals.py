"""Check of the seals: their chain, and the rows that they cover."""

from collections.abc import Mapping
from typing import Any

from app.services.integrity import Findings
from app.storage.checks import seals as statements
from app.storage.checks.dossiers import code_of
from app.storage.seals.tables import SEALED_TABLES, SealedTable, head_hash, row_digest, seal_hash
from app.storage.uow import Reading

_WITH_EVENT = "outbox"
"""Table whose missing rows the check of the events reports."""
_DOSSIER_LABELS = ("dossier_id", "event_id")


def check_seals(key: bytes, work: Reading) -> Findings:
    """Yield each broken seal, then each row that differs from its last seal."""
    yield from _check_chain(key, work)
    for table in SEALED_TABLES:
        yield from _check_rows(key, table, work)


def _check_chain(key: bytes, work: Reading) -> Findings:
    """Recompute each seal and its link; the first broken one is enough."""
    sequence, previous = 0, ""
    for seal in statements.seal_chain(work):
        sequence += 1
        values = (seal.sequence, seal.table, seal.key, seal.label, seal.digest)
        if seal.sequence != sequence or seal.hash != seal_hash(key, previous, values):
            yield "seal_changed", {"sequence": sequence, **_row_values(seal.table, seal.key, seal.label, work)}
            return
        previous = seal.hash
    expected = (sequence, head_hash(key, sequence, previous)) if sequence else None
    if statements.seal_head(work) != expected:
        yield "seal_end_differs", {"sequence": sequence}


def _check_rows(key: bytes, table: SealedTable, work: Reading) -> Findings:
    """Compare each row with its last seal, and each last seal with its row."""
    for row, sealed in statements.rows_with_digest(work, table):
        if sealed != row_digest(key, table, row):
            code = "row_added" if sealed is None else "row_changed"
            yield code, _row_values(table.name, str(row[table.key]), str(row[table.label]), work)
    for missing in () if table.name == _WITH_EVENT else statements.missing_rows(work, table):
        yield "row_missing", _row_values(table.name, missing.key, missing.label, work)


def _row_values(name: str, key: str, label: str | None, work: Reading) -> Mapping[str, Any]:
    """Return table, key, label and dossier code of a row, for a finding."""
    table = next((table for table in SEALED_TABLES if table.name == name), None)
    code = "–"
    if table is not None and table.label in _DOSSIER_LABELS and label is not None and label.isdigit():
        code = code_of(work, int(label), by_event=table.label == "event_id") or code
    return {"table": name, "key": key, "label": label or "–", "code": code}
