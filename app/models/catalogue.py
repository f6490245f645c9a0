"""The catalogue of procedures as a whole: read from a table, written as one, and searched by what a clerk types."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.models.errors import Refusal
from app.models.procedures import COLUMNS, Procedure, canonical_code, read_row, row_day, to_row
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
"""Finds the version of a code in force on a day; without a day, the one in force now."""


def _cells(window: str) -> tuple[list[str], int] | None:
    """The cells of the first row and how many lines it takes; None where a quoted cell does not end in the window."""
    cells: list[str] = []
    at = 0
    while True:
        quoted = _QUOTED.match(window, at)
        if quoted is None and window.startswith('"', at):
            return None
        if quoted is not None and window[quoted.end() : quoted.end() + 1] not in ("", "\t", "\n"):
            quoted = None  # letters go on behind the quote: it is one of them
        plain = quoted or _PLAIN.match(window, at)
        end = at if plain is None else plain.end()
        cells.append(quoted[1].replace('""', '"') if quoted else window[at:end])
        if window[end : end + 1] != "\t":
            return cells, window.count("\n", 0, end) + 1
        at = end + 1


def _table(text: str) -> Iterator[list[str]]:
    """Row after row. A quote that nobody closes within thirty lines is a letter like any other."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        found = _cells("\n".join(lines[at : at + _MAX_CELL_LINES])) if '"' in lines[at] else None
        cells, taken = found or (lines[at].split("\t"), 1)
        yield cells
        at += taken


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
    """What `read_rows` reads, without the numbers of the rows."""
    rows, refused = read_rows(text, find_version)
    return tuple(procedure for _number, procedure in rows), refused


def read_rows(
    text: str, find_version: FindVersion = _no_version
) -> tuple[tuple[tuple[int, Procedure], ...], tuple[_RejectedRow, ...]]:
    """A catalogue as a table: cells parted by tabs, a first row naming the columns in any order, others ignored.

    Columns that the table does not have keep what the version `find_version` on the row's day says: a row of today
    takes
    nothing from a version that is loaded early. Returns the procedures and the rows refused, each with its number in
    the sheet (the heading is row 1); one bad row never holds back the rest.

    Raises Refusal `catalogue_columns` where the heading has no column `code`, `too_many_rows`.
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
    first = first_rows.setdefault((procedure.code, procedure.valid_from), number)
    if first != number:
        raise Refusal("duplicate_code", field="code", code=procedure.code, first_row=first)
    return procedure


def to_tsv(procedures: Iterable[Procedure], columns: Sequence[str] = COLUMNS) -> str:
    """The catalogue as a table that `read_tsv` takes back unchanged. A cell that a spreadsheet would reckon out gets
    an apostrophe before it."""
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
"""What half the names begin with and nobody types: «Đăng ký», «Cấp lại», «Thủ tục»…"""

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
"""What people at the counter call a procedure, and the words its name has for it."""


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
        (typed.replace(said, name) for said, name in _COLLOQUIAL_NAMES.items() if said in typed), typed
    )
    digits = re.sub(r"[\s.]", "", text)
    return _Query(
        canonical_code(text), digits if re.fullmatch(r"[0-9]{1,7}", digits) else "", words, tuple(synonym_words.split())
    )


def initials(name: str) -> str:
    """The first letters of a name's words without marks: «Đăng ký khai sinh» is `dkks`."""
    return _first_letters(_words(name))


def procedure_search_text(procedure: Procedure) -> str:
    """Code, name and field without marks and in small letters, a blank before each word."""
    return _name(procedure.code, procedure.name, procedure.field).text


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


def _phrase_at(words: tuple[str, ...], asked: tuple[str, ...]) -> int | None:
    """Where the words asked for stand side by side in a name, the last one perhaps half typed."""
    before = len(asked) - 1
    for at in range(len(words) - before):
        if words[at + before].startswith(asked[-1]) and words[at : at + before] == asked[:-1]:
            return at
    return None


def _words_rank(asked: tuple[str, ...], name: _Name) -> int | None:
    if not all(f" {word}" in name.text for word in asked):
        return None
    if asked == name.core:
        return _WHOLE
    at = _phrase_at(name.core, asked)
    if at == 0 or _phrase_at(name.words[: len(asked)], asked) == 0:
        return _BEGINS
    if at is not None:
        return _PHRASE
    rest = iter(name.words)
    in_order = all(any(word.startswith(one) for word in rest) for one in asked)
    return _IN_ORDER if in_order else _CONTAINED


def match_rank(query: str, procedure: Procedure) -> int | None:
    """How well a procedure answers what was typed, 0 the best, None not at all: its code, the beginning of its code,
    the first letters or words of its name past «Đăng ký» and the like, words in order, words anywhere. What people
    call it at the counter counts like its name: «sao y», «độc thân»."""
    asked = _query(query)
    if not asked.words:
        return None
    name = _name(procedure.code, procedure.name, procedure.field)
    ranks = [_code_rank(asked, procedure.code), _words_rank(asked.words, name)]
    if asked.synonym_words != asked.words:
        ranks.append(_words_rank(asked.synonym_words, name))
    if len(asked.words) == 1:
        ranks.append(_initials_rank(asked.words[0], name))
    return min((rank for rank in ranks if rank is not None), default=None)


def search_procedures(query: str, procedures: Iterable[Procedure], limit: int = 50) -> list[Procedure]:
    """The procedures that answer a query, best first; among equals the shorter name, which is the commoner one.
    An empty query gives the first ones as they stand."""
    if not query.strip():
        return list(procedures)[:limit]
    ranked = ((match_rank(query, procedure), procedure) for procedure in procedures)
    answers = [((rank, len(p.name), p.name, p.code), p) for rank, p in ranked if rank is not None]
    return [procedure for _, procedure in sorted(answers, key=lambda answer: answer[0])[:limit]]
