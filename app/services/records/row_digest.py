"""Keyed digest of a dossier's row and papers, part of each record.

The chain covers the row through this digest. Records with it have `schema` 2.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.models.enums import Status
from app.models.mapping import canonical_text
from app.models.values.canonical import keyed_digest
from app.storage import dossiers
from app.storage.rows import DossierPaperRow, DossierRow
from app.storage.uow import Reading

ROW_COLUMNS = (
    *("code", "key", "procedure_version_id", "procedure_code", "procedure_name", "version", "field", "channel"),
    *("quantity", "return_by", "note", "at_once", "term", "proof", "warnings", "register_book", "register_number"),
    *("replaces_id", "origin"),
)
"""Columns of `DossierRow` that the digest covers.

The state columns are not included, because the replay of the events gives them. The people have a digest of their own
(`people_digest`). `search_text` is derived from people and codes.
"""
_PART_LENGTH = 8


class RowDigests(NamedTuple):
    """Digest of a dossier's row, and short digests of its parts."""

    whole: str
    parts: Mapping[str, str]


def row_digest(row: DossierRow, papers: Sequence[DossierPaperRow], aliases: Sequence[str], key: bytes) -> str:
    """Return the HMAC-SHA-256 of a dossier's row, papers and aliases.

    `papers` are in the order of the receipt, `aliases` sorted. Values that are None are left out, so that a column
    added later does not change the digest of earlier rows. The aliases of a void dossier are left out, because its
    successor may take them.
    """
    return _hmac(_covered(row, papers, aliases), key)


def row_parts(row: DossierRow, papers: Sequence[DossierPaperRow], aliases: Sequence[str], key: bytes) -> dict[str, str]:
    """Return the first digits of a digest of each part of a dossier's row.

    They are facts of an event and are not sent. `check` names the changed part by them.
    """
    covered = _covered(row, papers, aliases)
    return {name: _hmac({name: value}, key)[:_PART_LENGTH] for name, value in covered.items()}


def _covered(row: DossierRow, papers: Sequence[DossierPaperRow], aliases: Sequence[str]) -> dict[str, Any]:
    covered = {name: value for name in ROW_COLUMNS if (value := getattr(row, name)) is not None}
    covered["papers"] = [_paper(paper) for paper in papers]
    if row.status != Status.VOID:
        covered["aliases"] = list(aliases)
    return covered


def _hmac(content: Mapping[str, Any], key: bytes) -> str:
    return keyed_digest(key, canonical_text(content))


def stored_row_digests(work: Reading, row: DossierRow, key: bytes) -> RowDigests:
    """Return the digests of a dossier as it is stored now."""
    papers, aliases = dossiers.submitted_papers(work, row.id), dossiers.aliases(work, row.id)
    return RowDigests(row_digest(row, papers, aliases, key), row_parts(row, papers, aliases, key))


def _paper(paper: DossierPaperRow) -> list[Any]:
    return list(paper)
