"""Tables from outside: encodings, separators, workbooks, hostile files."""

from datetime import date, datetime

import pytest

from app.models.errors import Refusal
from app.models.instants import OFFICE_TIME
from app.sheets.cells import day_or_instant, whole_number
from app.sheets.headings import composed_headings
from app.sheets.reading import read_sheet
from app.sheets.sheet import filled_down
from app.sheets.syllables import is_syllable, share_of_syllables
from tests.support.foreign_files import in_cp1258, in_tcvn3, in_vni, raw_xlsx, sheet_xml, xlsx

TEXT = "Họ và tên;Nơi ở\nĐỗ Thị Ẫm;Thôn Đoài\nNguyễn Văn Hoạt;Đường Trưng Nữ Vương\n"
ROWS = (("Họ và tên", "Nơi ở"), ("Đỗ Thị Ẫm", "Thôn Đoài"), ("Nguyễn Văn Hoạt", "Đường Trưng Nữ Vương"))


def refusal_of(content: bytes, name: str = "sổ.xlsx") -> str:
    with pytest.raises(Refusal) as refused:
        read_sheet(content, name)
    return refused.value.code


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        ("sep=;\r\n" + TEXT).encode(),
        ('"sep=;"\n' + TEXT).encode("utf-8-sig"),
        ("SEP=\t\r\n" + TEXT.replace(";", "\t")).encode("utf-16"),
        ("sep=;\r" + TEXT.replace("\n", "\r")).encode(),
        ("sep=/\n" + TEXT.replace(";", "/")).encode(),
        TEXT.encode("utf-32"),
        TEXT.encode("utf-32-be").rjust(4 + 4 * len(TEXT), b"\0").replace(b"\0\0\0\0", b"\0\0\xfe\xff", 1),
        in_cp1258(TEXT),
    ],
)
def test_delimited_text_in_any_unicode_or_windows_encoding(content: bytes) -> None:
    assert read_sheet(content, "a.csv").rows == ROWS


@pytest.mark.parametrize("as_bytes", [True, False])
def test_old_fonts_are_converted(as_bytes: bool) -> None:
    text = in_tcvn3(TEXT.lower())
    sheet = read_sheet(text.encode("latin-1") if as_bytes else text.encode(), "a.csv")
    assert sheet.conversions == ("TCVN3",)
    assert sheet.rows == tuple(tuple(cell.lower() for cell in row) for row in ROWS)
    vni = read_sheet(in_vni("họ tên\nnguyễn văn đạt\nđặng văn việt\n".replace("ọ", "oï")).encode("latin-1"), "b.csv")
    assert vni.conversions == ("VNI",) and vni.rows[1] == ("nguyễn văn đạt",)


def test_capitals_of_old_fonts_stay_capitals() -> None:
    sheet = read_sheet(
        xlsx([["Họ tên"], ["NGUY" + in_tcvn3("ễ") + "N V" + in_tcvn3("ă") + "N H" + in_tcvn3("ò") + "A"]]), "a.xlsx"
    )
    assert sheet.rows[1] == ("NGUYỄN VĂN HÒA",)


def test_columns_of_unicode_stay_beside_old_fonts() -> None:
    rows = [["Họ tên", "Địa chỉ"], [in_tcvn3("nguyễn thị mận"), "Thôn Cô Tô"], [in_tcvn3("lê văn tỵ"), "Bản Hồ"]]
    sheet = read_sheet(xlsx(rows), "a.xlsx")
    assert sheet.rows[1:] == (("nguyễn thị mận", "Thôn Cô Tô"), ("lê văn tỵ", "Bản Hồ"))


def test_text_that_no_encoding_explains_is_refused() -> None:
    assert refusal_of(b"H\xe7\x81 t\x9fn;N\xf0i\n" + bytes(range(128, 256)) * 3, "a.csv") == "table_encoding"


def test_workbook_values_have_their_types() -> None:
    half_past_nine = datetime(2026, 3, 8, 9, 30)  # noqa: DTZ001  workbooks have no time zone
    rows = [
        ["TT", "Ngày", "Số", "Chữ"],
        [1, date(1999, 3, 8), 1234.5, "0048"],
        [2, half_past_nine, None, ""],
    ]
    sheet = read_sheet(xlsx(rows), "a.xlsx")
    assert sheet.rows[1] == (1, date(1999, 3, 8), 1234.5, "0048")
    assert sheet.rows[2] == (2, datetime(2026, 3, 8, 9, 30, tzinfo=OFFICE_TIME))


def test_empty_rows_are_left_out_and_numbers_stay() -> None:
    sheet = read_sheet(xlsx([["a"], [None], ["b"]]), "a.xlsx")
    assert (sheet.rows, sheet.numbers) == ((("a",), ("b",)), (1, 3))
    assert read_sheet(b"a\n\n;;\nb\n", "a.csv").numbers == (1, 4)


def test_merged_cells_name_their_columns_and_rows() -> None:
    rows = [
        ["TT", "Tiếp nhận", None, "Ghi chú"],
        [None, "Trực tuyến", "Trực tiếp", None],
        [1, 2, 3, "x"],
        [2, 3, 4, None],
    ]
    sheet = read_sheet(xlsx(rows, ["A1:A2", "B1:C1", "D1:D2", "D3:D4"]), "a.xlsx")
    composed = composed_headings(sheet.rows[:2], [merge for merge in sheet.merges if merge.top < 2])
    assert composed == [("TT",), ("Tiếp nhận", "Trực tuyến"), ("Tiếp nhận", "Trực tiếp"), ("Ghi chú",)]
    assert filled_down(sheet).rows[3] == (2, 3, 4, "x")


def test_groups_without_merged_cells_span_the_cells_beside() -> None:
    sheet = read_sheet("TT;Tiếp nhận;;Ghi chú\n;Trực tuyến;Trực tiếp;\n".encode(), "a.csv")
    assert composed_headings(sheet.rows) == [
        ("TT",), ("Tiếp nhận", "Trực tuyến"), ("Tiếp nhận", "Trực tiếp"), ("Ghi chú",)
    ]  # fmt: skip


def test_results_of_formulas_are_read_and_nothing_is_evaluated() -> None:
    cell = '<c r="A1"><f>SUM(B1:C1)</f><v>7</v></c><c r="B1"><v>3</v></c>'
    assert read_sheet(raw_xlsx(sheet_xml(cell)), "a.xlsx").rows == ((7, 3),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (raw_xlsx(sheet_xml('<c r="A1"><f>SUM(B1:C1)</f><v></v></c>')), "table_formula"),
        (raw_xlsx(sheet_xml('<c r="A1"><f>[1]Sheet1!A1</f><v>7</v></c>')), "table_formula"),
        (raw_xlsx(sheet_xml("<c r=\"A1\"><f>cmd|'/c calc'!A1</f><v>7</v></c>")), "table_formula"),
        (raw_xlsx(sheet_xml('<c r="A1"><f>WEBSERVICE("x")</f><v>7</v></c>')), "table_formula"),
        (raw_xlsx(sheet_xml('<c r="XFD1"><v>7</v></c>')), "table_too_wide"),
        (raw_xlsx(sheet_xml("<c><v>7</v></c>" * 100_000)), "table_too_wide"),
        (raw_xlsx(b"<!DOCTYPE x [<!ENTITY a 'aa'>]><worksheet>&a;</worksheet>"), "table_bomb"),
        (raw_xlsx(b"<worksheet>" + b"<x>" * 200), "table_bomb"),
        (raw_xlsx(b"<worksheet><sheetData>" + b" " * (200 * 2**20)), "table_bomb"),
        (raw_xlsx(sheet_xml("<c/>"), {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "table_external"),
        (raw_xlsx(sheet_xml("<c>")), "table_unreadable"),
        (raw_xlsx(sheet_xml('<c t="s"><v>9</v></c>')), "table_unreadable"),
        (raw_xlsx(sheet_xml("")), "table_empty"),
        (b"PK\x03\x04" + b"x" * 50, "table_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50, "table_old_excel"),
        (b"%PDF-1.7 ...", "table_kind"),
        (b"\n <TABLE border=1><tr><td>1</td></tr></TABLE>", "table_kind"),
        (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>", "table_kind"),
        ("<HTML><table><tr><td>1</td></tr></table></HTML>".encode("utf-16"), "table_kind"),
        (b"<!-- bang ke --><table><tr><td>1</td></tr></table>", "table_kind"),
        (b"\0" * 5000, "table_binary"),
        (("Số;Tên\n1;A\0n\n" * 9).encode("utf-16"), "table_binary"),
        ("Số;Tên\n1;An\n".encode("utf-16")[:-1], "table_encoding"),
        (b"\xff\xfe\0\0" + b"\xff" * 40, "table_encoding"),
        (b"\x1f\x8b\x08" + b"0" * 100, "table_encoding"),
        (raw_xlsx(sheet_xml('<c t="s"><v>-1</v></c>')), "table_unreadable"),
        (raw_xlsx(sheet_xml('<c t="s"><v>x</v></c>')), "table_unreadable"),
        (raw_xlsx(sheet_xml("<c><v>1</v></c>"))[:-40], "table_unreadable"),
        (raw_xlsx(b"<worksheet>" + b'<mergeCell ref="A1:B1"/>' * 300_000 + b"</worksheet>"), "table_bomb"),
        (b"", "table_empty"),
        (b"a\0b\n", "table_binary"),
        ("Họ tên;Ghi chú\nAn;=cmd|' /C calc'!A0\n".encode(), "table_formula"),
        ("Họ tên;Ghi chú\nAn;@SUM(1+1)\n".encode(), "table_formula"),
        (b"a;" * 1_000_000, "table_too_wide"),
        (b";" * 1_000_000, "table_too_wide"),
        (b'"' + b"a" * 2_000_000, "table_unreadable"),
        (b"a\n" * 200_001, "table_too_long"),
    ],
)  # fmt: skip
def test_hostile_tables_are_refused(content: bytes, code: str) -> None:
    assert refusal_of(content) == code


def test_merged_cells_that_cover_everything_again_and_again_are_refused() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 200))
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 300
    sheet = f"<worksheet><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    assert refusal_of(raw_xlsx(sheet.encode())) == "table_bomb"


def test_a_quoted_number_of_excel_stays_text() -> None:
    assert read_sheet('Số;Tên\n="0905123456";An\n+84905;-\n'.encode(), "a.csv").rows[1:] == (
        ("0905123456", "An"),
        ("+84905", "-"),
    )


def test_syllables_have_onset_rime_and_tone() -> None:
    words = "nguyễn quỳnh giường khuya quốc huỳnh thuở phượng nghĩa gì oanh yến đặng ẫm ỷ ười"
    assert all(map(is_syllable, words.split()))
    assert not any(map(is_syllable, ("nguyôn", "v¨n", "hoµ", "cật̀", "mổc", "đ", "vaên")))
    assert share_of_syllables("An 12") == 1


@pytest.mark.parametrize("reference", ["A0", "A-5", "?", "", "AAAAAAAAAAAAAAAAAAAA1", "A99999999999999999999"])
@pytest.mark.parametrize("row", ["0", "-5", "x", "99999999999999999999"])
def test_places_that_no_sheet_has_end_in_a_row_or_a_refusal(reference: str, row: str) -> None:
    sheet = f'<worksheet><sheetData><row r="{row}"><c r="{reference}"><v>7</v></c></row></sheetData></worksheet>'
    try:
        assert read_sheet(raw_xlsx(sheet.encode()), "a.xlsx").rows == ((7,),)
    except Refusal as refused:
        assert refused.code.startswith("table_")


@pytest.mark.parametrize("value", ["1e400", "-1e400", "NaN", "1_000", "٣"])
def test_numbers_that_are_none_are_no_days_and_no_counts(value: str) -> None:
    ((cell,),) = read_sheet(raw_xlsx(sheet_xml(f"<c><v>{value}</v></c>")), "a.xlsx").rows
    for read in (whole_number, lambda each: day_or_instant(each, date(2026, 3, 1))):
        with pytest.raises(ValueError, match=r"."):
            read(cell)


def test_a_cell_longer_than_excel_writes_is_refused() -> None:
    longest = "A" * 32_767
    assert read_sheet(f"ten;so\n{longest};1\n".encode(), "a.csv").rows[1][0] == longest
    with pytest.raises(Refusal) as refused:
        read_sheet(f"ten;so\n{longest}A;1\n".encode(), "a.csv")
    assert refused.value.code == "table_bomb"
