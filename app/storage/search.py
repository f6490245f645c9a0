"""Search dossiers by words in the folded text of names, numbers and codes.

SQLite uses FTS5 with prefixes, PostgreSQL uses pg_trgm on the same folded column.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select, text

from app.models.dossier import Dossier
from app.models.text import clean, fold_text
from app.models.values.dossier_filter import DossierFilter
from app.models.values.numbers import comparable_number, is_lettered_number
from app.models.values.phones import comparable_phone, is_phone, phone_numbers
from app.storage.dossiers import LIST_COLUMNS, filter_conditions
from app.storage.rows import DossierListRow
from app.storage.uow import Reading

_D = Dossier.c
_LINES = select(*LIST_COLUMNS)
_IDS = select(_D.id)
_HAS_WORDS = _D.id.in_(
    text("SELECT rowid FROM dossier_search WHERE dossier_search MATCH :words ORDER BY rowid DESC LIMIT :most").columns(
        rowid=_D.id.type
    )
)
_MATCHING = {columns: columns.where(_HAS_WORDS).order_by(_D.id.desc()) for columns in (_LINES, _IDS)}
_NEWEST = {columns: columns.order_by(_D.id.desc()).limit(bindparam("most")) for columns in (_LINES, _IDS)}
_EVERY_MATCH = 2**31
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
_DIGITS = re.compile(r"[\d\s.+()\-/\u2010-\u2015\u2212]+")
_PHONES = re.compile(r"([\d\s.+()\-/,;|&:#\u2010-\u2015\u2212]|\b(hoac|hay|va|dt|sdt|ext|may|le|nhanh)\b)+")
"""Folded text of phone numbers and the words beside them."""
_CODE_TAIL = re.compile(r"[1-9][0-9]{5}-[0-9]{4,9}")
_ABROAD = re.compile(r"\W*(\+|00)\s*84")
_NUMBER_LENGTHS = frozenset((*range(6, 14), 16))


def search_forms(query: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a query in each reading, the likeliest first.

    Words are folded, at most twelve. `84905123456` is a phone or the begin of another number. `HS-000123` is a passport
    in one word, or a code given elsewhere in two.
    """
    plain = clean(unicodedata.normalize("NFKC", query))
    apart = [tuple(_WORD.findall(fold_text(text)))[:_MOST_WORDS] for text in (plain, clean(query))]
    forms = [(number,) for number in _numbers(plain)]
    if is_lettered_number(plain):
        forms += [(fold_text(comparable_number(plain)),)]
    if not forms or not _DIGITS.fullmatch(plain):
        forms += apart
    return tuple(form for form in dict.fromkeys(forms) if form)


def _numbers(plain: str) -> tuple[str, ...]:
    """Return the numbers that a query without names can be."""
    phones = tuple(filter(is_phone, phone_numbers(plain)))
    if not _DIGITS.fullmatch(plain) or _CODE_TAIL.fullmatch(plain):
        return phones if _PHONES.fullmatch(fold_text(plain)) else ()
    digits = comparable_number(plain)
    joined = (digits,) if digits.isdigit() and len(digits) in _NUMBER_LENGTHS else ()
    begun = (comparable_phone(plain),) if _ABROAD.match(plain) else ()
    return (*phones, *joined, *begun)


def matching_lines(work: Reading, query: str, limit: int, chosen: DossierFilter) -> Sequence[DossierListRow]:
    """Return the dossiers that match a query and a filter, newest first.

    Each word of the query is the prefix of a word of the dossier.
    An empty query returns the newest dossiers.
    """
    matching = _matching(work, _LINES, query, limit if chosen.is_empty else _EVERY_MATCH)
    if matching is None:
        return ()
    statement, values = matching
    if not chosen.is_empty:
        statement = statement.where(*filter_conditions(chosen)).limit(limit)
    return work.typed_rows(DossierListRow._make, statement, values)


def matching_ids(work: Reading, query: str, limit: int) -> list[int]:
    """Return the row ids of the dossiers that `matching_lines` returns."""
    matching = _matching(work, _IDS, query, limit)
    return [] if matching is None else [row.id for row in work.rows(*matching)]


def _matching(
    work: Reading, columns: Select[Any], query: str, limit: int
) -> tuple[Select[Any], Mapping[str, Any]] | None:
    """Return statement and values; None for a query of separators only."""
    forms = search_forms(query)
    if not forms:
        return None if query.strip() else (_NEWEST[columns], {"most": limit})
    if work.dialect == "sqlite":
        return _MATCHING[columns], {"words": " OR ".join(map(_sqlite_words, forms)), "most": limit}
    readings = [and_(*(_D.search_text.op("~")(rf"\m{word}") for word in words)) for words in forms]
    return columns.where(or_(*readings)).order_by(_D.id.desc()).limit(limit), {}


def _sqlite_words(words: Sequence[str]) -> str:
    """Return the search expression of FTS5 for words."""
    joined = " ".join(f'"{word}"*' for word in words)
    return f"({joined})"
