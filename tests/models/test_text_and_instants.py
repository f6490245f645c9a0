"""Text cleaning, folding and masking; instants; errors."""

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import Fault, Message, Refusal
from app.models.instants import OFFICE_TIME, from_epoch, iso, local, local_day, office_instant
from app.models.text import clean, fold_text, has_unseen_letters, mask_number, visible_text

INSTANTS = st.floats(631_152_000, 3_786_912_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Đào   Thị\tẪm \n", "Đào Thị Ẫm"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ẵm"), "Nguyễn Thị Ẵm"),
        ("a\u200bb\u200d\ufeffc\u00ad", "abc"),
        ("a\u00a0b\u3000c\u2028d", "a b c d"),
        ("a\x00\x07b\x7f\x9f", "ab"),
        ("\ud800a\udfff", "a"),
        ("\u202eđảo\u202c", "đảo"),
        ("", ""),
        (" \u200b ", ""),
        ("李明 😀", "李明 😀"),
    ],
)
def test_clean_examples(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(st.text())
def test_clean_is_idempotent(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned == cleaned.strip() and "  " not in cleaned and "\n" not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "\u3164",
        "Nam\u3164",
        "\u115f\u1160",
        "\uffa0 Nam",
        "\u2800\u2800",
        "\ufe0f",
        "Nam\ufe01",
        "Nam \U000e0100",
        "Na\u034fm",
        "N\u0300\u0301\u0302\u0303\u0304am",
        "Ẫ\u0323\u0327\u0328",
    ],
)
def test_names_with_unseen_letters_are_refused(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        visible_text(name, "applicant.name")
    assert (refused.value.code, refused.value.field) == ("letters_unseen", "applicant.name")


@pytest.mark.parametrize(
    "name",
    [
        "Đào Thị Ẫm Ỷ",
        "Trần Ặ",
        "H'Hen Niê",
        "Y Ƀlŏ",
        "李\U000e0100 明",
        "Công ty ☎\ufe0f 24/7",
        "ສົມ",
        "សុខ",
        "김철수",
        "N\u0300\u0301\u0302\u0303am",
    ],
)
def test_names_in_other_scripts_pass(name: str) -> None:
    assert visible_text(name, "name") == clean(name) and not has_unseen_letters(clean(name))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đào Thị Ẫm", "dao thi am"),
        ("ĐĂNG KÝ", "dang ky"),
        ("Ðức Ơn", "duc on"),
        ("ưỡẵỷ", "uoay"),
        ("Łódź ø", "lodz o"),
    ],
)
def test_fold_examples(text: str, folded: str) -> None:
    assert fold_text(text) == fold_text(unicodedata.normalize("NFD", text)) == folded


@given(st.text())
def test_fold_is_idempotent_and_ignores_case(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)
    assert not any(unicodedata.combining(c) for c in fold_text(text))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("048190004217", "048*****4217"),
        ("123456789", "123**6789"),
        ("B1234567", "B*****67"),
        ("12345", "1**45"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_mask_number_examples(number: str, shown: str) -> None:
    assert mask_number(number) == shown


@given(st.text("0123456789ABC", max_size=40))
def test_mask_number_keeps_the_length_and_hides_digits(number: str) -> None:
    assert len(mask_number(number)) == len(number)
    assert not number or "*" in mask_number(number)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-02-12T09:30", "2026-02-12T09:30:00+07:00"),
        ("2026-02-12 09:30:15", "2026-02-12T09:30:15+07:00"),
        ("2026-02-12T09:30:15.987654", "2026-02-12T09:30:15+07:00"),
        ("2026-02-12T09:30Z", "2026-02-12T16:30:00+07:00"),
        ("2026-02-12T09:30-05:00", "2026-02-12T21:30:00+07:00"),
        ("2026-02-28T23:30+00:00", "2026-03-01T06:30:00+07:00"),
    ],
)
def test_instant_without_an_offset_is_office_time(text: str, instant: str) -> None:
    assert iso(office_instant(text)) == instant


@pytest.mark.parametrize(
    "text",
    ["", "hôm nay", "2026-02-12", "20260212T0930", "12/02/2026 09:30", "2026-02-30T09:30", "2026-02-12T25:00", " "],
)
def test_invalid_instants_raise_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        office_instant(text)


@given(INSTANTS)
def test_instant_round_trip(instant: datetime) -> None:
    text = iso(instant)
    assert text is not None and text.endswith("+07:00")
    whole = instant.replace(microsecond=0)
    assert office_instant(text) == whole == from_epoch(int(instant.timestamp()))
    assert local(instant) == instant and local(instant).utcoffset() == timedelta(hours=7)
    assert local_day(instant) == (instant + timedelta(hours=7)).date()


def test_local_day_is_in_office_time() -> None:
    assert local_day(datetime(2026, 2, 8, 17, 0, tzinfo=UTC)) == date(2026, 2, 9)
    assert local_day(datetime(2026, 2, 8, 16, 59, 59, tzinfo=UTC)) == date(2026, 2, 8)
    assert iso(None) is None and datetime(2026, 1, 1, tzinfo=OFFICE_TIME).utcoffset() == timedelta(hours=7)


def test_refusal_has_code_field_and_values() -> None:
    refusal = Refusal("out_of_range", "quantity", least=1, most=9)
    assert (refusal.code, refusal.field, refusal.values) == ("out_of_range", "quantity", {"least": 1, "most": 9})
    assert (Refusal("x").field, Fault("y", file="z").values) == (None, {"file": "z"})
    assert Refusal("x", code="y", field="z").values == {"code": "y"}
    assert Message("a") == Message("a", {}) != Message("b")


@pytest.mark.parametrize(
    "typed", ["Nguye\u0302\u0303n", "Nguye\u0303\u0302n", "Nguy\u1ebd\u0302n", "Nguy\u00ea\u0303n", "Nguy\u200bễn"]
)
def test_marks_in_any_order_give_one_spelling(typed: str) -> None:
    assert clean(typed) == "Nguyễn"
