"""The tables whose rows are sealed, and the digests of rows and seals."""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from app.models.mapping import canonical_text
from app.models.values.canonical import keyed_digest


class SealedTable(NamedTuple):
    """A table whose rows are sealed.

    `key` identifies a row. `label` is the column by which a reader knows it. The seal stores its value for a
    row that is missing later. `unsealed` columns change without a seal.
    """

    name: str
    key: str
    label: str
    unsealed: frozenset[str] = frozenset()


SEALED_TABLES = (
    SealedTable("access", "id", "actor"),
    SealedTable("alias", "comparable", "dossier_id"),
    SealedTable("blank", "id", "code"),
    SealedTable("bundle", "id", "sequence", frozenset(("tries", "last_trouble"))),
    SealedTable("calendar_decision", "id", "day"),
    SealedTable("counter_refusal", "id", "code"),
    SealedTable("dated_rule", "id", "key"),
    SealedTable("dossier_late_reason", "id", "dossier_id"),
    SealedTable("fee_receipt_number", "id", "number"),
    SealedTable("feedback", "id", "number"),
    SealedTable("form_content", "digest", "form"),
    SealedTable("frozen_report", "id", "file_name"),
    SealedTable("late_reason", "id", "name"),
    SealedTable("law_issuer", "public_key", "name"),
    SealedTable("law_package", "id", "package_id"),
    SealedTable("notice", "id", "dossier_id"),
    SealedTable("outbox", "event_id", "event_id", frozenset(("payload", "bundle"))),
    SealedTable("package", "id", "title"),
    SealedTable("portal_state", "dossier_id", "dossier_id"),
    SealedTable("print", "id", "dossier_id"),
    SealedTable("procedure_version", "id", "code"),
    SealedTable("published_procedure", "code", "code"),
    SealedTable("rating", "dossier_id", "dossier_id"),
    SealedTable("report_text", "id", "report"),
    SealedTable("request", "request_id", "dossier_id"),
    SealedTable("setting", "name", "name"),
    SealedTable("user_account", "name", "name", frozenset(("failed", "owed", "tried_at"))),
)
"""Events cover dossiers, papers, people and payloads; counters are compared with the numbers in use."""


def row_digest(key: bytes, table: SealedTable, row: Mapping[str, Any]) -> str:
    """Return the keyed digest of a row as the driver returns it.

    Columns without a value are left out, so that a migration may add a column that is empty in older rows.
    """
    content = {
        name: hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
        for name, value in row.items()
        if value is not None and name not in table.unsealed
    }
    return keyed_digest(key, f"{table.name} {canonical_text(content)}")


def seal_hash(key: bytes, previous: str, seal: tuple[int, str, str, str | None, str | None]) -> str:
    """Return the keyed hash of a seal.

    The seal is sequence, table, row key, label and digest. `previous` is the hash of the seal before it, so that no
    seal can be removed or exchanged.
    """
    return keyed_digest(key, canonical_text([previous, *seal]))


def head_hash(key: bytes, sequence: int, last: str) -> str:
    """Return the keyed hash of the end of the chain.

    Without the key the end cannot be moved back to an earlier seal.
    """
    return keyed_digest(key, f"{sequence} {last}")
