"""Catalogue of procedures: read from a table, write, search."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.models.errors import Refusal
from app.models.procedures import (
    COLUMNS,
    TERM_COLUMNS,
    Procedure,
    canonical_code,
    check_entered_terms,
    read_row,
    row_day,
    to_row,
)
from app.models.text import fold_text

_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_PLAIN = re.compile(r"[^\t\n]*")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_MAX_CELL_LINES = 30
_MAX_ROWS = 50_000
_COLUMN_ALIASES = {"fee": "fee_vnd"}

_RejectedRow = tuple[int, Refusal]
FindVersion = Callable[[str, date | None], Procedure | None]
"""Returns the version of a code in force on a day; without a day, the version in force now."""


def _cells(window: str) -> tuple[list[str], int] | None:
    """Return the cells of the first row and its number of lines.

    Returns None if a quoted cell does not end in the window.
    """
    cells: list[str] = []
    position = 0
    while True:
        quoted = _QUOTED.match(window, position)
        if quoted is None and window.startswith('"', position):
            return None
        if quoted is not None and window[quoted.end() : quoted.end() + 1] not in ("", "\t", "\n"):
            quoted = None  # text follows the closing quote, so the quote is an ordinary character
        plain = quoted or _PLAIN.match(window, position)
        end = position if plain is None else plain.end()
        cells.append(quoted[1].replace('""', '"') if quoted else window[position:end])
        if window[end : end + 1] != "\t":
            return cells, window.count("\n", 0, end) + 1
        position = end + 1


def _table(text: str) -> Iterator[list[str]]:
    """Yield the rows of the table.

    A quote that is not closed within thirty lines is an ordinary character.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = 0
    while line < len(lines):
        parsed = _cells("\n".join(lines[line : line + _MAX_CELL_LINES])) if '"' in lines[line] else None
        cells, line_count = parsed or (lines[line].split("\t"), 1)
        yield cells
        line += line_count


def _columns(header: Iterable[str]) -> list[str]:
    names = [fold_text(cell).strip() for cell in header]
    names = [_COLUMN_ALIASES.get(name, name) for name in names]
    if "code" not in names:
        raise Refusal("catalogue_columns", field="code", column="code")
    return names


def _no_version(code: str, day: date | None) -> None:
    return None


def read_tsv(
    text: str, find_version: FindVersion = _no_version
) -> tuple[tuple[Procedure, ...], tuple[_RejectedRow, ...]]:
    """Return the result of `read_rows` without row numbers."""
    rows, refused = read_rows(text, find_version)
    return tuple(procedure for _number, procedure in rows), refused


def read_rows(
    text: str, find_version: FindVersion = _no_version
) -> tuple[tuple[tuple[int, Procedure], ...], tuple[_RejectedRow, ...]]:
    """Return the procedures of a tab-separated table and rejected rows.

    The first row names the columns in any order; unknown columns are ignored. A column missing from the table keeps the
    value of the version that `find_version` returns for the row's day, so that a row of today takes nothing from a
    version loaded for a later day. Each procedure and each rejected row comes with its row number in the sheet (the
    heading is row 1). A rejected row does not affect the others.

    Raises Refusal `catalogue_columns`, `too_many_rows`.
    """
    rows = _table(text)
    columns = _columns(next(rows))
    procedures: list[tuple[int, Procedure]] = []
    refused: list[_RejectedRow] = []
    first_rows: dict[tuple[str, object], int] = {}
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if number > _MAX_ROWS:
            raise Refusal("too_many_rows", "file", most=_MAX_ROWS)
        try:
            procedures.append((number, _row(columns, cells, find_version, first_rows, number)))
        except Refusal as refusal:
            refused.append((number, refusal))
    return tuple(procedures), tuple(refused)


def _row(
    columns: Sequence[str],
    cells: Sequence[str],
    find_version: FindVersion,
    first_rows: dict[tuple[str, object], int],
    number: int,
) -> Procedure:
    row: dict[str, str] = {}
    for at, column in enumerate(columns):
        row.setdefault(column, _unescape_formula(cells[at]) if at < len(cells) else "")
    procedure = read_row(row, find_version(canonical_code(row["code"]) or "", row_day(row)))
    if TERM_COLUMNS & set(row):
        check_entered_terms(procedure)
    first = first_rows.setdefault((procedure.code, procedure.valid_from), number)
    if first != number:
        raise Refusal("duplicate_code", field="code", code=procedure.code, first_row=first)
    return procedure


def to_tsv(procedures: Iterable[Procedure], columns: Sequence[str] = COLUMNS) -> str:
    """Return the catalogue as a table that `read_tsv` reads back unchanged.

    Cells that a spreadsheet would evaluate as a formula are prefixed with an apostrophe.
    """
    rows = [dict(zip(columns, columns, strict=True)), *map(to_row, procedures)]
    return "".join("\t".join(_tsv_cell(row[column]) for column in columns) + "\n" for row in rows)


def _tsv_cell(cell: str) -> str:
    guarded = f"'{cell}" if _FORMULA.match(cell) else cell
    return '"' + guarded.replace('"', '""') + '"' if '"' in guarded else guarded


def _unescape_formula(cell: str) -> str:
    return cell[1:] if _ESCAPED_FORMULA.match(cell) else cell


_LEADING_PHRASES = (
    ("thu", "tuc"),
    ("dang", "ky"),
    ("cap",),
    ("doi",),
    ("moi",),
    ("lai",),
    ("giai", "quyet"),
    ("xac", "nhan"),
    ("de", "nghi"),
    ("thong", "bao"),
    ("cong", "nhan"),
    ("tham", "dinh"),
    ("phe", "duyet"),
    ("chap", "thuan"),
    ("cho", "phep"),
    ("ho", "tro"),
    ("thuc", "hien"),
    ("tiep", "nhan"),
    ("xoa",),
)
"""Phrases that begin many names and that users do not type: «Đăng ký», «Cấp lại», «Thủ tục» …"""

_COLLOQUIAL_NAMES = {
    "sao y": "chung thuc ban sao",
    "cong chung": "chung thuc",
    "doc than": "tinh trang hon nhan",
    "cuoi": "ket hon",
    "chung tu": "khai tu",
    "ho khau": "thuong tru",
    "so do": "giay chung nhan quyen su dung dat",
    "nguoi gia": "huu tri xa hoi",
}
"""Colloquial names of procedures, with the words of the official name."""


@dataclass(frozen=True)
class _Name:
    words: tuple[str, ...]
    core: tuple[str, ...]
    initials: str
    core_initials: str
    text: str


@dataclass(frozen=True)
class _Query:
    code: str | None
    digits: str
    words: tuple[str, ...]
    synonym_words: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[0-9a-z]+", fold_text(text)))


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    for leading in _LEADING_PHRASES:
        if words[: len(leading)] == leading and len(words) > len(leading):
            return _core(words[len(leading) :])
    return words


def _first_letters(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


@lru_cache(maxsize=8192)
def _name(code: str, name: str, field: str) -> _Name:
    words = _words(name)
    core = _core(words)
    return _Name(words, core, _first_letters(words), _first_letters(core), " ".join(("", code, *words, *_words(field))))


@lru_cache(maxsize=64)
def _query(text: str) -> _Query:
    words = _words(text)
    typed = " ".join(words)
    synonym_words = next(
        (typed.replace(colloquial, name) for colloquial, name in _COLLOQUIAL_NAMES.items() if colloquial in typed),
        typed,
    )
    digits = re.sub(r"[\s.]", "", text)
    return _Query(
        canonical_code(text), digits if re.fullmatch(r"[0-9]{1,7}", digits) else "", words, tuple(synonym_words.split())
    )


_EXACT, _CODE, _WHOLE, _BEGINS, _BEGINS_WITH_VERB, _PHRASE, _IN_ORDER, _INITIALS, _CONTAINED = range(9)


def _code_rank(query: _Query, code: str) -> int | None:
    whole = code.replace(".", "")
    if query.code == code or query.digits == whole:
        return _EXACT
    if not query.digits:
        return None
    return _CODE if whole.startswith(query.digits) or (len(query.digits) >= 3 and query.digits in whole) else None


def _initials_rank(letters: str, name: _Name) -> int | None:
    if name.core_initials == letters:
        return _WHOLE
    if name.core_initials.startswith(letters):
        return _BEGINS
    if name.initials.startswith(letters):
        return _BEGINS_WITH_VERB
    return _INITIALS if len(letters) > 1 and letters in name.core_initials else None


def _phrase_at(words: tuple[str, ...], phrase: tuple[str, ...]) -> int | None:
    """Return the position of the phrase in a name.

    The last word may be a prefix.
    """
    before = len(phrase) - 1
    for at in range(len(words) - before):
        if words[at + before].startswith(phrase[-1]) and words[at : at + before] == phrase[:-1]:
            return at
    return None


def _words_rank(query_words: tuple[str, ...], name: _Name) -> int | None:
    if not all(f" {word}" in name.text for word in query_words):
        return None
    if query_words == name.core:
        return _WHOLE
    at = _phrase_at(name.core, query_words)
    if at == 0 or _phrase_at(name.words[: len(query_words)], query_words) == 0:
        return _BEGINS
    if at is not None:
        return _PHRASE
    rest = iter(name.words)
    in_order = all(any(word.startswith(prefix) for word in rest) for prefix in query_words)
    return _IN_ORDER if in_order else _CONTAINED


def match_rank(query: str, procedure: Procedure) -> int | None:
    """Return how well a procedure matches a query: 0 is best, None no match.

    Ranked are the code, the beginning of the code, the initials or words of the name after phrases like «Đăng ký»,
    words in order, and words anywhere. Colloquial names («sao y», «độc thân») count like the name.
    """
    parsed = _query(query)
    if not parsed.words:
        return None
    name = _name(procedure.code, procedure.name, procedure.field)
    ranks = [_code_rank(parsed, procedure.code), _words_rank(parsed.words, name)]
    if parsed.synonym_words != parsed.words:
        ranks.append(_words_rank(parsed.synonym_words, name))
    if len(parsed.words) == 1:
        ranks.append(_initials_rank(parsed.words[0], name))
    return min((rank for rank in ranks if rank is not None), default=None)


def search_procedures(query: str, procedures: Iterable[Procedure], limit: int = 50) -> list[Procedure]:
    """Return the procedures that match a query, best first.

    Among equal ranks the shorter name comes first because it is the commoner procedure. An empty query returns the
    first procedures in the given order.
    """
    if not query.strip():
        return list(procedures)[:limit]
    ranked = ((match_rank(query, procedure), procedure) for procedure in procedures)
    answers = [((rank, len(p.name), p.name, p.code), p) for rank, p in ranked if rank is not None]
    return [procedure for _, procedure in sorted(answers, key=lambda answer: answer[0])[:limit]]
