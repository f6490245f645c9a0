"""Catalogue import, export and search."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.models.errors import Refusal
from app.services.catalogue.importing import ImportResult
from app.usecases.catalogue.procedures import (
    ExportCatalogue,
    FindProcedures,
    ImportCatalogue,
    export_catalogue,
    find_procedures,
    import_catalogue,
)
from tests.support.offices import MORNING, SAME_DAY, Desk, at


def import_table(desk: Desk, text: str, hour: str = "2026-02-09T08:00") -> ImportResult:
    return desk.office.write(import_catalogue, ImportCatalogue(text), at(hour))


def table(*rows: dict[str, str]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return "".join("\t".join(row.get(c, "") for c in columns) + "\n" for row in ({c: c for c in columns}, *rows))


def counts(done: ImportResult) -> tuple[int, int, int, int]:
    return done.new, done.changed, done.unchanged, len(done.refused)


def export_table(desk: Desk, hour: str) -> str:
    return desk.office.read(export_catalogue, ExportCatalogue(), at(hour)).text


def known(desk: Desk, code: str, hour: str = "2026-02-09T08:00") -> Any:
    return next(p for p in desk.office.read(find_procedures, FindProcedures(code), at(hour)) if p.code == code)


def test_exported_table_is_imported_unchanged(desk: Desk) -> None:
    text = export_table(desk, "2026-02-09T08:00")
    for again in (text, "\ufeff" + text.replace("\n", "\r\n")):
        assert counts(import_table(desk, again)) == (0, 0, 487, 0)
    assert export_table(desk, "2026-02-09T08:00") == text


@pytest.mark.parametrize("turned", [False, True])
def test_table_that_waives_a_fee_for_some_months_states_it_again(desk: Desk, turned: bool) -> None:
    fees = (("2026-08-15", "0"), ("2027-03-01", "2000"))
    rows = [{"code": SAME_DAY, "fee_vnd": fee, "valid_from": day} for day, fee in fees]
    assert counts(import_table(desk, table(*(reversed(rows) if turned else rows)))) == (0, 2, 0, 0)
    assert counts(import_table(desk, table(*rows))) == (0, 0, 2, 0)
    days = ("2026-08-14T09:00", "2026-08-17T09:00", "2027-02-26T09:00", "2027-03-01T09:00")
    assert [known(desk, SAME_DAY, day).fee for day in days] == [2000, 0, 0, 2000]


def test_changed_row_is_a_new_version_from_today(desk: Desk) -> None:
    old = desk.take_in(term=None)
    row = {"code": SAME_DAY, "limit": "3", "unit": "working_day", "fee_vnd": "5000"}
    assert counts(import_table(desk, table(row))) == (0, 1, 0, 0)
    assert counts(import_table(desk, table(row))) == (0, 0, 1, 0)
    after = known(desk, SAME_DAY)
    assert (after.version, after.valid_from.isoformat(), after.limit, after.fee) == (2, "2026-02-09", 3, 5000)
    assert len(after.papers) == 2  # a missing column keeps the known value
    (line,) = [each for each in export_table(desk, "2026-02-10T08:00").splitlines() if each.startswith(SAME_DAY)]
    assert "\t2026-02-09\t" in line
    assert counts(import_table(desk, export_table(desk, "2026-02-10T08:00"), "2026-02-10T08:00")) == (0, 0, 487, 0)
    new = desk.take_in(term=None)
    assert (new.fee, new.due_at) == (5000, at("2026-02-12T17:00"))
    assert desk.show(old.code).procedure.version == 1 and desk.show(new.code).procedure.version == 2
    assert desk.show(old.code).due_at == old.due_at


def test_early_version_is_valid_from_its_first_day(desk: Desk) -> None:
    """Dossiers of 28/02/2027 use the old fee, of 01/03/2027 the new (S8)."""
    row = {"code": SAME_DAY, "fee_vnd": "9000", "valid_from": "2027-03-01"}
    assert counts(import_table(desk, table(row))) == (0, 1, 0, 0)
    assert counts(import_table(desk, table(row))) == (0, 0, 1, 0)
    assert known(desk, SAME_DAY).version == 1
    assert desk.take_in(at("2027-02-28T23:59")).fee == 2000
    assert desk.take_in(at("2027-03-01T00:00")).fee == 9000


def test_export_and_import_before_a_future_version_change_nothing(desk: Desk) -> None:
    import_table(desk, table({"code": SAME_DAY, "fee_vnd": "9000", "valid_from": "2027-03-01"}))
    assert counts(import_table(desk, export_table(desk, "2026-02-09T08:00"))) == (0, 0, 487, 0)
    assert desk.take_in(at("2027-03-01T08:00")).fee == 9000


def test_omitted_columns_keep_the_values_in_force(desk: Desk) -> None:
    import_table(desk, table({"code": SAME_DAY, "fee_vnd": "9000", "valid_from": "2027-03-01"}))
    assert counts(import_table(desk, table({"code": SAME_DAY, "limit": "2", "unit": "day"}))) == (0, 1, 0, 0)
    assert (known(desk, SAME_DAY).fee, known(desk, SAME_DAY).version) == (2000, 3)
    later = known(desk, SAME_DAY, "2027-03-01T08:00")
    assert (later.fee, later.term_text) == (9000, "2 ngày")


def test_two_days_of_a_table_reach_a_version_loaded_early(desk: Desk) -> None:
    import_table(desk, table({"code": SAME_DAY, "limit": "2", "unit": "day", "valid_from": "2027-03-01"}))
    rows = ({"code": SAME_DAY, "fee_vnd": fee, "valid_from": day} for fee, day in _FEES)
    assert counts(import_table(desk, table(*rows))) == (0, 2, 0, 0)
    days = ("2026-02-09", "2026-06-01", "2026-09-01", "2027-03-01")
    assert [known(desk, SAME_DAY, f"{day}T08:00").fee for day in days] == [2000, 3000, 4000, 4000]
    assert known(desk, SAME_DAY, "2027-03-01T08:00").term_text == "2 ngày"


_FEES = (("3000", "2026-06-01"), ("4000", "2026-09-01"))


def test_invalid_rows_are_reported_and_others_imported(desk: Desk) -> None:
    done = import_table(
        desk,
        table(
            {"code": "abc", "name": "x", "field": "y"},
            {"code": "9.000001", "name": "Thủ tục mới", "field": "Thử", "unit": "working_day", "limit": "5"},
            {"code": "9.000002", "name": "", "field": "Thử"},
            {"code": "9.000003", "name": "Hạn sai", "field": "Thử", "unit": "day", "limit": "năm"},
            {"code": "9.000001", "name": "Lại nữa", "field": "Thử"},
        ),
    )
    assert (done.new, done.changed, done.unchanged) == (1, 0, 0)
    assert [row.row for row in done.refused] == [2, 4, 5, 6] and all(row.reason.endswith(".") for row in done.refused)
    assert known(desk, "9.000001").term_text == "5 ngày làm việc"
    assert desk.take_in(procedure="9.000001", term=None).due_at == at("2026-02-23T17:00")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "catalogue_columns"),
        ("name\tfield\n", "catalogue_columns"),
        ("code;name;field\n1;2;3\n", "catalogue_columns"),
        ("code\tname\tfield\nx\ty\tz\n", "catalogue_unreadable"),
        ("code\tname\tfield\n", "table_rows"),
    ],
)
def test_text_that_is_no_catalogue_is_refused(desk: Desk, text: str, code: str) -> None:
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        import_table(desk, text)
    assert refused.value.code == code and desk.contents() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("2.000815", SAME_DAY),
        ("2000815", None),
        ("ks", "1.001193"),
        ("khai sinh", "1.001193"),
        ("ĐĂNG KÝ KHAI TỬ", "1.000656"),
    ],
)
def test_typed_words_match_a_procedure(desk: Desk, words: str, code: str | None) -> None:
    matches = desk.office.read(find_procedures, FindProcedures(words), MORNING)
    assert code is None or code in [procedure.code for procedure in matches[:5]]


def test_most_used_procedures_come_first_without_words(desk: Desk) -> None:
    for _ in range(3):
        desk.take_in(procedure="1.000656")
    procedures = desk.office.read(find_procedures, FindProcedures(), MORNING)
    assert procedures[0].code == "1.000656" and len(procedures) == 20


HEAD = "code\tname\tfield\tlimit\tunit\tvalid_from\twithdrawn\tsuperseded_by\n"


def import_rows(desk: Desk, *rows: str, now: datetime = MORNING) -> ImportResult:
    return desk.office.write(import_catalogue, ImportCatalogue(HEAD + "\n".join(rows)), now)


def test_row_before_received_dossiers_is_rejected(desk: Desk) -> None:
    """The import applies the editor's check to each row."""
    desk.take_in()
    later = MORNING + timedelta(days=3)
    old = f"{SAME_DAY}\tChứng thực\tChứng thực\t2\tworking_day\t"
    result = import_rows(
        desk, f"{old}2026-02-01\t\t", "9.000001\tViệc mới\tThử\t5\tworking_day\t2026-02-01\t\t", now=later
    )
    assert (result.new, result.changed, [row.row for row in result.refused]) == (1, 0, [2])
    assert import_rows(desk, f"{old}2026-02-10\t\t", now=later).changed == 1, (
        "the day after the last receipt is allowed"
    )
    earlier = import_rows(desk, f"{old.replace('Chứng thực', 'Sao y', 1)}2026-02-01\t\t", now=later)
    assert earlier.changed == 0 and "10/02/2026" in earlier.refused[0].reason


def test_row_with_an_invalid_successor_is_rejected(desk: Desk) -> None:
    withdrawn = "9.00000{}\tViệc cũ\tThử\t5\tworking_day\t2026-02-20\ttrue\t9.00000{}"
    fresh = "9.000009\tViệc mới\tThử\t5\tworking_day\t2026-02-20\t\t"
    result = import_rows(desk, withdrawn.format(1, 8))
    assert (result.new, result.changed) == (0, 0) and "9.000008" in result.refused[0].reason
    result = import_rows(desk, withdrawn.format(1, 9), fresh)
    assert (result.new, result.refused) == (2, ()), "the successor may follow its row"
    result = import_rows(desk, withdrawn.format(2, 1), withdrawn.format(3, 4), withdrawn.format(4, 5))
    assert result.new == 0 and [row.row for row in result.refused] == [2, 3, 4], "a withdrawn successor is rejected too"
