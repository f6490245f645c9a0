"""Tables of other offices: every broken identity, and no sound row."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import Refusal
from app.models.figures import COLUMNS
from app.services.foreign_tables.nested_totals import is_total_name
from app.services.foreign_tables.reconcile import Reconciled, reconcile_sheet
from app.services.reporting.export import report_file
from app.services.reporting.query import ReportQuery
from app.sheets.reading import read_sheet
from app.usecases.reporting.tables import make_report
from tests.support.foreign_files import xlsx
from tests.support.offices import LONG_AFTER, Desk, at

FORM = """TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH
TT;Lĩnh vực, công việc giải quyết theo cấp;Số hồ sơ tiếp nhận;;;;Số hồ sơ đã giải quyết;;;;Số hồ sơ đang giải quyết;;
;;Tổng số;Trong đó;;;Tổng số;Trong đó;;;Tổng số;Trong đó;
;;;Trong kỳ;;Từ kỳ trước;;Trước hạn;Đúng hạn (bao gồm cả hồ sơ trả lại, xin rút);Quá hạn;;Trong hạn;Quá hạn
;;;Trực tuyến;Trực tiếp, dịch vụ bưu chính;;;;;;;;
(1);(2);(3)=(4)+(5)+(6);(4);(5);(6);(7);(8);(9);(10);(11);(12);(13)
"""
RECEIVED = "received = received_online + received_direct_post + carried_over"
RESOLVED = "resolved = resolved_early + resolved_on_time + resolved_late"
PENDING = "pending = pending_in_time + pending_late"
BALANCE = "received = resolved + pending + withdrawn + returned_unresolved"


def reconciled(text: str) -> Reconciled:
    return reconcile_sheet(read_sheet(text.encode(), "bang.csv"), "bang.csv")


def broken(text: str) -> list[tuple[str, str, int | None, int | str]]:
    return [(check.identity, check.row, check.expected, check.found) for check in reconciled(text).checks]


def line(number: str, name: str, online: int, direct: int, resolved: int) -> str:
    received = online + direct
    pending = received - resolved
    return f"{number};{name};{received};{online};{direct};;{resolved};;{resolved};;{pending};{pending};\n"


def test_quarter_of_a_commune_is_sound() -> None:
    text = FORM + "1;Tư pháp;495;6;488;1;492;-;492;0;3;3;0\n;Cộng;495;6;488;1;492;;492;;3;3;\n"
    assert reconciled(text) == Reconciled(1, ())


def test_thousands_and_spellings_of_the_total() -> None:
    for name in ("Cộng", "TỔNG CỘNG", "Tổng số", "total", "Tổng:"):
        text = (
            FORM + f"1;Công Thương;1.495;6;1.488;1;1 492;;1,492;0;3;3;0\n;{name};1.495;6;1.488;1;1.492;;1.492;;3;3;\n"
        )
        assert reconciled(text) == Reconciled(1, ())
        wrong = text.replace(f"{name};1.495", f"{name};1.496")
        assert broken(wrong) == [
            (RECEIVED, name, 1495, 1496),
            (BALANCE, name, 1495, 1496),
            ("total = sum of rows (received)", name, 1495, 1496),
        ]


def test_each_broken_cell_is_reported_with_both_values() -> None:
    row = "1;Tư pháp;495;6;488;1;492;0;492;0;3;3;0\n"
    assert broken(FORM + row.replace(";488;", ";480;")) == [(RECEIVED, "Tư pháp", 487, 495)]
    assert broken(FORM + row.replace(";492;0;492", ";492;0;491")) == [(RESOLVED, "Tư pháp", 491, 492)]
    assert broken(FORM + row.replace(";3;3;0", ";3;2;0")) == [(PENDING, "Tư pháp", 2, 3)]
    assert broken(FORM + row.replace(";3;3;0", ";4;4;0")) == [(BALANCE, "Tư pháp", 496, 495)]
    assert broken(FORM + row.replace(";3;3;0", ";ba;3;0"))[0] == ("a count is a whole number", "Tư pháp", None, "ba")


def test_row_is_not_sound_because_the_totals_are() -> None:
    rows = line("1", "Tư pháp", 5, 5, 8).replace(";5;5;", ";6;5;") + line("2", "Đất đai", 5, 5, 8).replace(
        ";5;5;", ";4;5;"
    )
    total = line("", "Cộng", 10, 10, 16)
    assert broken(FORM + rows + total) == [(RECEIVED, "Tư pháp", 11, 10), (RECEIVED, "Đất đai", 9, 10)]


@pytest.mark.parametrize("blank_heading", [True, False])
def test_totals_of_groups_and_of_all(blank_heading: bool) -> None:
    groups = ("I;Cấp tỉnh\n", "II;Cấp xã\n") if blank_heading else ("", "")
    sub = (line("", "Cộng cấp tỉnh", 4, 6, 9), line("", "Tổng cấp xã", 3, 3, 6)) if blank_heading else ("", "")
    heads = groups if blank_heading else (line("I", "Cấp tỉnh", 4, 6, 9), line("II", "Cấp xã", 3, 3, 6))
    rows = (line("1", "Công an", 1, 2, 2), line("2", "Tổng hợp", 3, 4, 7), line("1", "Tư pháp", 3, 3, 6))
    text = FORM + heads[0] + rows[0] + rows[1] + sub[0] + heads[1] + rows[2] + sub[1] + line("", "Tổng cộng", 7, 9, 15)
    assert reconciled(text) == Reconciled(3, ())
    name = "Cộng cấp tỉnh" if blank_heading else "Cấp tỉnh"
    wrong = text.replace(f"{name};10;4;6", f"{name};11;4;7")
    assert broken(wrong) == [
        (BALANCE, name, 10, 11),
        ("total = sum of rows (received)", name, 10, 11),
        ("total = sum of rows (received_direct_post)", name, 6, 7),
    ]


def test_total_above_the_rows() -> None:
    text = FORM + line("", "Tổng số", 4, 6, 9) + line("1", "Công an", 1, 2, 2) + line("2", "Hộ tịch", 3, 4, 7)
    assert reconciled(text) == Reconciled(2, ())
    assert [row for _, row, _, _ in broken(text.replace("Tổng số;10;4", "Tổng số;10;5"))] == ["Tổng số"] * 2


def test_keys_as_headings_in_any_order() -> None:
    columns = [*reversed(COLUMNS), "field"]
    values = {"received": 3, "received_online": 1, "received_direct_post": 2, "resolved": 2, "resolved_on_time": 2}
    values |= {"withdrawn": 1}
    row = ",".join("Tư pháp" if name == "field" else str(values.get(name, 0)) for name in columns)
    text = ",".join(columns) + "\n" + row + "\n" + row.replace("Tư pháp", "total") + "\n"
    assert reconciled(text) == Reconciled(1, ())
    assert [check.identity for check in reconciled(text.replace("1,0,0", "1,1,0", 1)).checks] != []


def test_own_exports_are_sound(desk: Desk) -> None:
    for day in (9, 10):
        code = desk.take_in(at(f"2026-02-{day:02d}T08:00")).code
        desk.act(code, "finish", at("2026-02-12T09:00"))
    desk.take_in(at("2026-02-12T09:00"), channel="online")
    form = desk.office.read(make_report, ReportQuery("06a", date(2026, 2, 1), date(2026, 2, 28)), LONG_AFTER)
    for ending in (".xlsx", ".json"):
        content = report_file(form, ending)
        if ending == ".xlsx":
            assert reconcile_sheet(read_sheet(content, "a.xlsx"), "a.xlsx") == Reconciled(len(form.table.rows), ())
        else:
            assert json.loads(content)["checks"] == []


def test_merged_workbook_with_numbers() -> None:
    rows: list[list[Any]] = [
        ["TT", "Lĩnh vực", "Số hồ sơ tiếp nhận", None, None, "Đã giải quyết", None, None, "Đang giải quyết"],
        [None, None, "Tổng số", "Trực tuyến", "Trực tiếp", "Tổng số", "Đúng hạn", "Quá hạn", None],
        [1, "Tư pháp", 10, 4, 6, 9, 8, 1, 1],
        [2, "Đất đai", 5, 5, 0, 5, 5, 0, 0],
        ["Cộng", None, 15, 9, 6, 14, 13, 1, 1],
    ]
    merges = ["A1:A2", "B1:B2", "C1:E1", "F1:H1", "I1:I2", "A5:B5"]
    content = xlsx(rows, merges)
    assert reconcile_sheet(read_sheet(content, "a.xlsx"), "a.xlsx") == Reconciled(2, ())
    rows[4][5] = 15
    checks = reconcile_sheet(read_sheet(xlsx(rows, merges), "a.xlsx"), "a.xlsx").checks
    assert {(check.row, check.column, check.line) for check in checks} >= {("Cộng", "resolved", 5)}


def test_table_without_the_form_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        reconciled("Họ tên;Ngày sinh;Địa chỉ\nAn;1990;Thôn 1\n")
    assert refused.value.code == "figures_headings"
    with pytest.raises(Refusal) as refused:
        reconciled(FORM)
    assert refused.value.code == "figures_rows"


def test_names_of_fields_are_no_totals() -> None:
    fields = "Công Thương|Công an|CÔNG CHỨNG|Tổng hợp|Tổng cục Thuế|Cộng hòa|Cộng đồng|Công"
    assert not any(map(is_total_name, fields.split("|")))
    totals = "Cộng|Tổng|Tổng cộng|TỔNG SỐ|Cộng nhóm I|Tổng lĩnh vực đất đai|II. Tổng số|total|Total|tong cong|Sub total"
    assert all(map(is_total_name, totals.split("|")))


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=4), min_size=1, max_size=4
    )
)
def test_sound_nested_tables_are_never_accused(groups: list[list[tuple[int, int]]]) -> None:
    text, total = FORM, [0, 0]
    for place, group in enumerate(groups):
        for number, (online, direct) in enumerate(group):
            text += line(str(number + 1), f"Lĩnh vực {place}.{number}", online, direct, online)
        sums = [sum(pair[0] for pair in group), sum(pair[1] for pair in group)]
        text += line("", f"Cộng nhóm {place}", sums[0], sums[1], sums[0])
        total = [total[0] + sums[0], total[1] + sums[1]]
    text += line("", "Tổng cộng", total[0], total[1], total[0])
    assert reconciled(text) == Reconciled(sum(map(len, groups)), ())
