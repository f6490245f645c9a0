"""Hostile catalogue tables: size, quotes, spreadsheet formulas."""

import pytest

from app.models.catalogue import read_tsv, to_tsv
from app.models.errors import Refusal

HEAD = "code\tname\tfield\n"


@pytest.mark.parametrize(
    "rows", ['"a\t"b\n' * 20_000, "\t" * 1_000_000, '"a\t' * 100_000 + "\n" * 40, '"' + 'a""' * 300_000 + "\n"]
)
def test_read_time_is_linear(rows: str) -> None:
    """The time limit of the test detects quadratic parsing."""
    procedures, _refused = read_tsv(HEAD + rows)
    assert procedures == ()


def test_table_with_too_many_rows_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_tsv(HEAD + "x\n" * 60_000)
    assert refused.value.code == "too_many_rows"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "'Tên", '=HYPERLINK("x")', "''-2"])
def test_cells_are_escaped_against_formulas(name: str) -> None:
    (procedure,), refused = read_tsv(HEAD + f"1.000999\t{name}\tHộ tịch\n")
    assert refused == ()
    written = to_tsv([procedure])
    assert not any(cell.strip('"')[:1] in ("=", "+", "-", "@") for cell in written.splitlines()[1].split("\t") if cell)
    assert read_tsv(written)[0] == (procedure,)
