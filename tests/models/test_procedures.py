"""Procedures as rows, and the catalogue as a table of any program."""

import unicodedata
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.catalogue import match_rank, read_tsv, search_procedures, to_tsv
from app.models.enums import Channel, Handling, TermUnit
from app.models.errors import Refusal
from app.models.fees import PageFee
from app.models.procedures import (
    COLUMNS,
    FACT_COLUMNS,
    CataloguePaper,
    Procedure,
    Step,
    SupplementClock,
    canonical_code,
    procedure_code,
    read_row,
    to_row,
)

STARTER = Path(__file__).parents[2] / "resources" / "catalogue.tsv"
ROW = {
    "code": "1.004873",
    "name": "Cấp Giấy xác nhận tình trạng hôn nhân",
    "field": "Hộ tịch",
    "limit": "3",
    "unit": "working_day",
    "fee_vnd": "",
    "papers": "submit|1|0|Tờ khai; theo mẫu ; show|1|0|Giấy tờ tùy thân ; lookup|0|0|Tình trạng hôn nhân…",
}
WHOLE = ROW | {
    "valid_from": "2026-03-01",
    "province_limit": "2.5",
    "supplement_clock": "pause",
    "supplement_days": "15",
    "same_day_cutoff": "15:00",
    "boundary_free": "1",
    "steps": "Một cửa:0.5 ; Công chức: tư pháp:1.75",
    "channel_limits": "post:20 ; Online: 1,5;",
    "fee_rule": "per_page: 2000, 2, 1000, 200000",
}


@pytest.mark.parametrize(
    "text",
    ["1.001193", " 1.001193 ", "1.001193.000.00.00.H49", "1.001193.H13", "1.001193.00 0.00.00.h61", "1.001.193.H42",
     "1.001193.01", "1.001.193", "１.001193", "1.001193\u00a0"],
)  # fmt: skip
def test_code_spellings_give_the_code_of_the_portal(text: str) -> None:
    assert procedure_code(text) == "1.001193"


@pytest.mark.parametrize("text", ["", "0.001193", "1.00119", "1.0011933", "1,001193", "khai sinh", "1.001193-H49", "2"])
def test_other_texts_are_refused_as_code(text: str) -> None:
    assert canonical_code(text) is None
    with pytest.raises(Refusal) as caught:
        procedure_code(text)
    assert (caught.value.code, caught.value.field) == ("procedure_code", "procedure")


def test_row_with_every_column() -> None:
    assert read_row(WHOLE) == Procedure(
        code="1.004873",
        name="Cấp Giấy xác nhận tình trạng hôn nhân",
        field="Hộ tịch",
        limit=Decimal(3),
        unit=TermUnit.WORKING_DAY,
        fee=None,
        papers=(
            CataloguePaper("Tờ khai; theo mẫu", Handling.SUBMIT, 1, 0),
            CataloguePaper("Giấy tờ tùy thân", Handling.SHOW, 1, 0),
            CataloguePaper("Tình trạng hôn nhân…", Handling.LOOKUP, 0, 0),
        ),
        valid_from=date(2026, 3, 1),
        province_limit=Decimal("2.5"),
        supplement_clock=SupplementClock.PAUSE,
        supplement_days=15,
        same_day_cutoff=time(15, 0),
        boundary_free=True,
        steps=(Step("Một cửa", Decimal("0.5")), Step("Công chức: tư pháp", Decimal("1.75"))),
        channel_limits=((Channel.ONLINE, Decimal("1.5")), (Channel.POST, Decimal(20))),
        fee_rule=PageFee(2000, 2, 1000, 200_000),
    )


def test_blank_cell_means_unknown() -> None:
    bare = read_row({"code": "1.004873", "name": "Tên", "field": "Hộ tịch", "limit": "", "unit": "", "fee_vnd": ""})
    assert (bare.limit, bare.unit, bare.fee) == (None, TermUnit.UNKNOWN, None)
    assert read_row(ROW | {"fee_vnd": "0"}).fee == 0


def test_cut_names_are_marked() -> None:
    procedure = read_row(ROW)
    assert [paper.incomplete for paper in procedure.papers] == [False, False, True]
    assert procedure.incomplete
    assert not replace(procedure, papers=procedure.papers[:2]).incomplete


def test_cells_accept_the_spellings_of_offices() -> None:
    row = ROW | {"limit": "2,5", "unit": "Ngày làm việc", "fee_vnd": "10.000 đ", "valid_from": "1/3/2026"}
    procedure = read_row(row | {"same_day_cutoff": "15h00", "boundary_free": "Có", "supplement_clock": ""})
    assert (procedure.limit, procedure.unit, procedure.fee) == (Decimal("2.5"), TermUnit.WORKING_DAY, 10_000)
    assert (procedure.valid_from, procedure.same_day_cutoff) == (date(2026, 3, 1), time(15, 0))
    assert (procedure.boundary_free, procedure.supplement_clock) == (True, SupplementClock.RESTART)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("code", "", "cell_missing"),
        ("code", "khai sinh", "procedure_code"),
        ("name", " ", "cell_missing"),
        ("field", "", "cell_missing"),
        ("name", "x" * 1001, "cell_too_long"),
        ("papers", "x" * 40_001, "cell_too_long"),
        ("limit", "2.3", "term_limit_invalid"),
        ("limit", "-1", "term_limit_invalid"),
        ("limit", "NaN", "term_limit_invalid"),
        ("limit", "1e3", "term_limit_invalid"),
        ("limit", "1001", "term_limit_invalid"),
        ("limit", "0", "term_zero"),
        ("province_limit", "0", "term_zero"),
        ("province_limit", "4", "province_limit_longer"),
        ("unit", "tuần", "unknown_unit"),
        ("fee_vnd", "10.5", "fee_shape"),
        ("fee_vnd", "-5", "fee_shape"),
        ("fee_vnd", "9999999999999", "fee_shape"),
        ("papers", "Tờ khai", "paper_shape"),
        ("papers", "submit|1|0|", "paper_shape"),
        ("papers", "submit|một|0|Tờ khai", "paper_shape"),
        ("papers", "submit|1|0|Tờ khai ; nộp|1|0|Ảnh", "paper_handling"),
        ("papers", " ; ".join(["submit|1|0|A"] * 201), "too_many_pieces"),
        ("valid_from", "2026-02-30", "day_shape"),
        ("valid_from", "mai", "day_shape"),
        ("supplement_clock", "stop", "unknown_supplement_clock"),
        ("supplement_days", "0", "days_shape"),
        ("same_day_cutoff", "25:00", "hour_shape"),
        ("boundary_free", "perhaps", "unknown_boundary_free"),
        ("channel_limits", "online", "term_limit_invalid"),
        ("channel_limits", "17", "channel_limit_shape"),
        ("channel_limits", "fax:17", "channel_limit_shape"),
        ("channel_limits", "online:2 ; online:3", "channel_limit_shape"),
        ("channel_limits", "online:0", "term_zero"),
        ("fee_rule", "2000 đ/trang", "fee_rule_shape"),
        ("steps", "0.5", "step_shape"),
        ("steps", "Một cửa:nửa ngày", "term_limit_invalid"),
    ],
)
def test_refusals_name_the_column(column: str, cell: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_row(WHOLE | {column: cell})
    assert (caught.value.code, caught.value.field) == (code, column)


def test_row_round_trip() -> None:
    for procedure in (read_row(WHOLE), read_row(ROW), Procedure("1.000001", "A", "B")):
        assert read_row(to_row(procedure)) == procedure
    assert list(to_row(read_row(ROW))) == list(COLUMNS)


quarters = st.integers(1, 400).map(lambda n: Decimal(n) / 4)
names = st.text(st.characters(categories=("L", "N", "Zs"), include_characters='.,;"()/-'), min_size=1).filter(
    lambda text: text.strip(" ;\u3000") != "" and not text.strip().startswith(";")
)


@given(quarters, quarters, names, st.integers(0, 99), st.integers(0, 10**12), st.sampled_from(SupplementClock))
def test_table_round_trip(
    limit: Decimal, shorter: Decimal, name: str, originals: int, fee: int, clock: SupplementClock
) -> None:
    row = WHOLE | {"name": name, "limit": str(limit), "province_limit": str(min(limit, shorter)), "fee_vnd": str(fee)}
    try:
        procedure = read_row(row | {"papers": f"submit|{originals}|1|{name}", "supplement_clock": clock.value})
    except Refusal as refusal:
        assert refusal.code == "cell_missing"
        return
    assert read_tsv(to_tsv([procedure])) == ((procedure,), ())


def test_missing_columns_keep_the_known_version() -> None:
    known = read_row(WHOLE)
    (procedure,), refused = read_tsv("code\tlimit\n1.004873.H29\t2.5\n", lambda code, day: known)
    assert refused == ()
    assert procedure == replace(known, limit=Decimal("2.5"), valid_from=None)
    with pytest.raises(Refusal):
        read_row({"code": "1.004873", "limit": "2"})


def test_same_facts_ignore_the_day_of_validity() -> None:
    assert read_row(WHOLE).same_facts(read_row(WHOLE | {"valid_from": "2027-01-01"}))
    assert not read_row(WHOLE).same_facts(read_row(WHOLE | {"limit": "4"}))


def test_tables_of_other_programs_are_accepted() -> None:
    table = (
        "\ufeffNAME\tcode\textra\tField\tfee\r\n"
        + unicodedata.normalize("NFD", '"Đăng ký ""khai"" sinh"\t1.001193\tx\tHộ tịch\t8.000\r\n')
        + "\r\n \t \r\n"
        + 'Khai tử\t1.000656\r\nKết "hôn\t1.000894\t\tHộ tịch\t\tthừa\r\n'
        + 'Khai tử\t1.000656\t\tHộ tịch\nKhai tử\t1.000656.01\t\tHộ tịch\n"Hai\ndòng"\t1.000001\t\tHộ tịch'
    )
    procedures, refused = read_tsv(table)
    assert [(p.code, p.name, p.fee) for p in procedures] == [
        ("1.001193", 'Đăng ký "khai" sinh', 8000),
        ("1.000894", 'Kết "hôn', None),
        ("1.000656", "Khai tử", None),
        ("1.000001", "Hai dòng", None),
    ]
    assert [(row, refusal.code, refusal.field) for row, refusal in refused] == [
        (5, "cell_missing", "field"),
        (8, "duplicate_code", "code"),
    ]


def test_unclosed_quote_keeps_following_rows() -> None:
    rows = "".join(f"1.{n:06d}\tTên {n}\tHộ tịch\n" for n in range(1, 60))
    procedures, refused = read_tsv('code\tname\tfield\n1.000999\t"Mở\tHộ tịch\n' + rows)
    assert (len(procedures), refused) == (60, ())
    assert procedures[0].name == '"Mở'


def test_future_and_current_versions_coexist() -> None:
    rows = "1.001193\tTên\tHộ tịch\t\n1.001193\tTên\tHộ tịch\t2027-03-01\n"
    procedures, refused = read_tsv("code\tname\tfield\tvalid_from\n" + rows)
    assert [p.valid_from for p in procedures] == [None, date(2027, 3, 1)]
    assert refused == ()


@pytest.mark.parametrize("text", ["", "a;b;c\n1;2;3", "mã,tên"])
def test_table_without_a_code_column_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_tsv(text)
    assert caught.value.code == "catalogue_columns"


@given(st.text(st.sampled_from('ab1.|;:"\t\r\n ế\u0000\ufeff'), max_size=200))
def test_read_tsv_accepts_any_text(text: str) -> None:
    procedures, refused = read_tsv("code\tname\tfield\tpapers\tsteps\n1.001193\tA\tB\t" + text)
    assert all(refusal.field for _, refusal in refused)
    assert read_tsv(to_tsv(procedures))[0] == procedures


@pytest.fixture(scope="module")
def starter() -> tuple[Procedure, ...]:
    procedures, refused = read_tsv(STARTER.read_text(encoding="utf-8"))
    assert refused == ()
    return procedures


def test_starter_catalogue_is_sound(starter: tuple[Procedure, ...]) -> None:
    text = STARTER.read_text(encoding="utf-8")
    assert text.split("\n", 1)[0].split("\t") == [*FACT_COLUMNS, "fee_rule", "channel_limits"]
    assert unicodedata.is_normalized("NFC", text)
    assert len({p.code for p in starter}) == len(starter) == 487
    assert sum(p.fee is None for p in starter) == 298
    assert sum(p.unit is TermUnit.UNKNOWN for p in starter) == 218
    assert all((p.limit == 0) == (p.unit is TermUnit.SAME_DAY) for p in starter)
    assert sum(paper.incomplete for p in starter for paper in p.papers) == 328
    assert [p.code for p in starter if p.fee_rule] == ["2.000815", "2.000942"]
    assert to_tsv(starter, (*FACT_COLUMNS, "fee_rule", "channel_limits")) == text


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("ks", "1.001193"),
        ("khai sinh", "1.001193"),
        ("đăng ký khai sinh", "1.001193"),
        ("DKKS", "1.001193"),
        ("kt", "1.000656"),
        ("kh", "1.000894"),
        ("ket hon", "1.000894"),
        ("Kết hô", "1.000894"),
        ("tthn", "1.004873"),
        ("độc thân", "1.004873"),
        ("sao y", "2.000815"),
        ("1.001193", "1.001193"),
        ("1193", "1.001193"),
        ("1.001193.000.00.00.H49", "1.001193"),
        ("tam tru", "1.004194"),
        ("sinh nước ngoài khai", "2.000528"),
    ],
)
def test_search_ranks_the_typed_procedure_first(starter: tuple[Procedure, ...], query: str, code: str) -> None:
    assert search_procedures(query, starter)[0].code == code


def test_match_rank_order(starter: tuple[Procedure, ...]) -> None:
    birth = next(p for p in starter if p.code == "1.001193")
    queries = ["1.001193", "1.0011", "khai sinh", "khai", "dkks", "sinh", "dang sinh", "tich sinh"]
    ranks = [match_rank(query, birth) for query in queries]
    assert ranks == [0, 1, 2, 3, 4, 5, 6, 8]
    assert match_rank("xây dựng", birth) is None
    assert match_rank("…", birth) is None


def test_empty_query_returns_the_first_procedures(starter: tuple[Procedure, ...]) -> None:
    assert search_procedures(" ", starter, limit=3) == list(starter[:3])
    assert len(search_procedures("hộ tịch", starter, limit=5)) == 5


@given(st.text(max_size=40))
def test_search_accepts_any_query(query: str) -> None:
    search_procedures(query, [read_row(WHOLE), Procedure("1.000001", "Đăng ký", "…")])
