"""Check of dossiers against their own records."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.models.codes import comparable
from app.models.dossier import dossier_search_text
from app.models.enums import Status
from app.services.integrity import Findings
from app.services.national_record import CHANNEL_CODES
from app.services.records.row_digest import row_digest, row_parts
from app.storage.checks import dossiers as statements
from app.storage.checks.dossiers import RecordedDossier
from app.storage.rows import DossierPaperRow
from app.storage.uow import Reading

_FIRST_SCHEMA_WITH_DIGEST = 2


def check_recorded_rows(key: bytes, work: Reading) -> Findings:
    """Compare each dossier, its papers and aliases with its last records."""
    aliases = _aliases(work)
    papers = statements.papers_by_dossier(work)
    next_papers = next(papers, None)
    for recorded in statements.recorded_dossiers(work):
        row, submitted = recorded.dossier, []
        while next_papers is not None and next_papers[0] <= row.id:
            submitted = next_papers[1] if next_papers[0] == row.id else []
            next_papers = next(papers, None)
        columns = [*_differing_payload(recorded)]
        columns += _differing_parts(recorded, submitted, sorted(aliases.get(row.id, ())), key)
        if columns:
            yield "dossier_differs", {"code": row.code, "columns": " ".join(dict.fromkeys(columns))}


def _differing_payload(recorded: RecordedDossier) -> Iterator[str]:
    """Yield the columns that differ from the last record of the whole dossier."""
    row, payload = recorded.dossier, recorded.whole_payload
    if row.code_comparable != comparable(row.code):
        yield "code"
    if recorded.version_code != row.procedure_code:
        yield "procedure_code"
    if payload is None:
        return
    for name, column, value in (
        ("MaHoSo", "code", row.code),
        ("MaTTHC", "procedure_code", row.procedure_code),
        ("TenTTHC", "procedure_name", row.procedure_name),
        ("TenLinhVuc", "field", row.field),
        ("KenhThucHien", "channel", CHANNEL_CODES[row.channel]),
    ):
        if payload.get(name) != value:
            yield column


def _differing_parts(
    recorded: RecordedDossier, papers: Sequence[DossierPaperRow], aliases: Sequence[str], key: bytes
) -> list[str]:
    """Return the parts that differ from the digest in the last event.

    They are compared with the parts recorded with the whole dossier. A record of schema 1 has no digest.
    """
    row, payload = recorded.dossier, recorded.payload
    if payload is None or (recorded.schema or 1) < _FIRST_SCHEMA_WITH_DIGEST:
        return []
    if payload.get("row_digest") == row_digest(row, papers, aliases, key):
        return []
    known = (recorded.whole_facts or {}).get("row_parts") or {}
    now = row_parts(row, papers, aliases, key)
    return [part for part in sorted(known.keys() | now.keys()) if known.get(part) != now.get(part)] or ["row"]


def check_register_lines(work: Reading) -> Findings:
    """Yield two dossiers on one line of the register."""
    for line in statements.register_lines_twice(work):
        values = {"code": line.first_code, "other": line.last_code, "number": line.number}
        yield "register_line_twice", {**values, "book": f"{line.year}:{line.book}:{line.field}"}


def check_search_texts(work: Reading) -> Findings:
    """Recompute the text that the search of dossiers matches.

    A void dossier keeps the words of an alias that its successor has taken.
    """
    aliases = _aliases(work)
    for _, rows in groupby(statements.people_with_search_text(work), key=lambda row: row.id):
        people = list(rows)
        row = people[0]
        codes = [row.code, row.key, *aliases.get(row.id, ())]
        details = [person.details for person in people if person.details]
        expected, stored = _words(dossier_search_text(details, codes)), _words(row.search_text)
        matches = expected <= stored if row.status == Status.VOID else expected == stored
        if not (matches and row.indexed):
            yield "search_differs", {"code": row.code}


def _aliases(work: Reading) -> dict[int, list[str]]:
    aliases: dict[int, list[str]] = {}
    for alias in statements.all_aliases(work):
        aliases.setdefault(alias.dossier_id, []).append(alias.text)
    return aliases


def _words(text: str) -> set[str]:
    return set(text.split())


def check_bundle_marks(epoch: str, work: Reading) -> Findings:
    """Compare the records of each sync file with the events in its range."""
    for row in statements.bundle_marks(work, epoch):
        if row.records != row.marked:
            yield "bundle_differs", row._asdict()
    marked = statements.count_wrong_marks(work)
    if marked:
        yield "bundle_differs", {"sequence": 0, "records": 0, "marked": marked}
