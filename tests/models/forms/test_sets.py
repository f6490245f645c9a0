"""Which set of forms an office prints on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.forms.library import FormEntry, FormLibrary
from app.models.forms.sets import FormSet, set_on
from app.printing.form_files import shipped_library

OLD = FormSet("2018", "TT 01/2018", date(2019, 1, 6), based_on="2025", replaces=frozenset())
NEW = FormSet("2025", "TT 03/2025", date(2025, 9, 15), replaces=frozenset())
NEXT = FormSet("2027", "TT 09/2027", date(2027, 3, 1))
ONLY_2025 = FormSet("2027", "TT 09/2027", date(2027, 3, 1), replaces=frozenset(("2025",)))


@pytest.mark.parametrize(
    ("sets", "chosen", "day", "key"),
    [
        ((OLD, NEW), "2025", date(2026, 1, 1), "2025"),
        ((OLD, NEW), "2025", date(2020, 1, 1), "2025"),
        ((OLD, NEW), "2018", date(2026, 1, 1), "2018"),
        ((OLD, NEW), "2027", date(2026, 1, 1), "2025"),
        ((OLD, NEW), "", date(2025, 9, 14), "2018"),
        ((OLD, NEW), "", date(2000, 1, 1), "2018"),
        ((OLD, NEW, NEXT), "2025", date(2027, 2, 28), "2025"),
        ((OLD, NEW, NEXT), "2025", date(2027, 3, 1), "2027"),
        ((OLD, NEW, NEXT), "2018", date(2027, 3, 1), "2027"),
        ((OLD, NEW, ONLY_2025), "2018", date(2027, 3, 1), "2018"),
        ((OLD, NEW, ONLY_2025), "", date(2027, 3, 1), "2027"),
        ((NEXT, NEW, OLD), "2027", date(2026, 1, 1), "2027"),
    ],
)
def test_set_on_a_day(sets: tuple[FormSet, ...], chosen: str, day: date, key: str) -> None:
    assert set_on(sets, chosen, None, day).key == key


def test_office_prints_the_other_set_before_its_own_day() -> None:
    first = date(2026, 3, 1)
    days = [date(2026, 2, 28), first, date(2027, 1, 1)]
    assert [set_on((OLD, NEW), "2025", first, day).key for day in days] == ["2018", "2025", "2025"]
    assert [set_on((OLD, NEW), "2018", first, day).key for day in days] == ["2025", "2018", "2018"]


@given(
    st.lists(
        st.builds(
            FormSet,
            key=st.sampled_from("abcd"),
            name=st.just("x"),
            valid_from=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
            replaces=st.one_of(st.none(), st.frozensets(st.sampled_from("abcd"))),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda each: each.key,
    ),
    st.sampled_from(["a", "b", "c", "d", "e", ""]),
    st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1))),
    st.dates(date(2019, 1, 1), date(2031, 1, 1)),
)
def test_any_sets_give_one_and_it_ends_only_for_a_later_one(
    sets: list[FormSet], chosen: str, chosen_from: date | None, day: date
) -> None:
    now, next_day = (set_on(sets, chosen, chosen_from, each) for each in (day, day + timedelta(days=1)))
    assert now in sets
    if now is not next_day and chosen_from is None:
        assert next_day.valid_from == day + timedelta(days=1)


def test_a_set_takes_missing_forms_from_its_base_and_keys_from_like() -> None:
    title = {"title": ["GIẤY A"], "papers": ["A5"], "blocks": [{"text": "Cũ"}]}
    entries = [
        FormEntry("2025", "receipt", title, NEW.valid_from),
        FormEntry("2025", "stop", title, NEW.valid_from),
        FormEntry("2027", "receipt", {"like": "2025/receipt", "footer": "Mẫu số 9"}, NEXT.valid_from),
        FormEntry("2025", "receipt", {**title, "footer": "Sửa"}, date(2027, 6, 1)),
        FormEntry("2025", "note", {**title, "valid_to": "2026-01-01"}, NEW.valid_from),
    ]
    library = FormLibrary((OLD, NEW, NEXT), entries)
    layout = library.version("2027", "receipt", date(2027, 3, 1)).layout
    assert (layout.title, layout.footer) == (("GIẤY A",), "Mẫu số 9")
    assert library.version("2027", "stop", date(2027, 3, 1)).layout.footer == ""
    assert library.version("2018", "receipt", date(2027, 6, 1)).layout.footer == "Sửa"
    assert library.version("2025", "receipt", date(2027, 5, 31)).layout.footer == ""
    assert library.forms_on("2027", date(2026, 1, 2)) == ("receipt", "stop")
    assert "note" in library.forms_on("2025", date(2026, 1, 1))


def test_like_may_name_the_same_form_and_never_runs_in_circles() -> None:
    title = {"title": ["GIẤY A"], "papers": ["A5"], "blocks": [{"text": "Cũ"}], "footer": "Mẫu số 1"}
    first = [FormEntry("2025", "receipt", title, NEW.valid_from)]
    itself = FormEntry("2025", "receipt", {"like": "2025/receipt", "footer": "Mẫu số 2"}, date(2027, 1, 1))
    astray = FormEntry("2025", "receipt", {"like": "2099/none", "footer": "Mẫu số 3"}, date(2028, 1, 1))
    older = FormEntry("2018", "receipt", {"like": "2025/receipt"}, OLD.valid_from)
    circle = FormEntry("2025", "receipt", {"like": "2018/receipt", "footer": "Mẫu số 4"}, date(2029, 1, 1))
    library = FormLibrary((OLD, NEW), [*first, itself, astray, older, circle])
    footers = [library.version("2025", "receipt", date(year, 6, 1)).layout.footer for year in (2026, 2027, 2028, 2029)]
    assert footers == ["Mẫu số 1", "Mẫu số 2", "Mẫu số 2", "Mẫu số 4"]


RELEASED = {
    "2018/apology": "56dc861c3dcb883256d89ed20985e87a",
    "2018/batch": "f17cb22ece7849fcde0238cc687198d3",
    "2018/cash": "434be86b942bc0553e74cf82145214de",
    "2018/control": "f6f6635990a253fd185f07d74b8ccb08",
    "2018/fee": "f53705fe8b293424d8e05fd3a5f7639e",
    "2018/fee-slip": "fd643756a5ee759a5e28750cd6504def",
    "2018/handover": "84dc0ffb0342d7fe4a4909b85f8d65fc",
    "2018/handover-list": "8e3fc8fc946a795a5c77ca750f54e2cc",
    "2018/payment": "e5da3a10beb5c0b8bb9b35b8695e669e",
    "2018/receipt": "7210f2b592ea958a17f0bdc49889e8eb",
    "2018/receipt-blank": "ba24fc8fcd26b85eb9d49c4fc4efdd29",
    "2018/refusal": "0ed112b2f81ced2a5080378fceb17e17",
    "2018/register": "0c0d24e0fb6643d5b67bb09f79642859",
    "2018/return": "7aa9ff218ecd049bb4bc1fa2023e319d",
    "2018/stop": "149f9e55ca0f4714d3feeb02e0c0eb84",
    "2018/supplement": "500fb104c9fffa6325a787b9b749e412",
    "2018/supplement-receipt": "72a7c1e8bda41bb3a7c1653c0dbb0675",
    "2025/apology": "9bf61c45e96cf4d8803786346aa7ae3f",
    "2025/batch": "f17cb22ece7849fcde0238cc687198d3",
    "2025/cash": "434be86b942bc0553e74cf82145214de",
    "2025/control": "24d78654ae31115a8eb6931555e23660",
    "2025/fee": "f53705fe8b293424d8e05fd3a5f7639e",
    "2025/fee-slip": "fd643756a5ee759a5e28750cd6504def",
    "2025/handover": "84dc0ffb0342d7fe4a4909b85f8d65fc",
    "2025/handover-list": "8e3fc8fc946a795a5c77ca750f54e2cc",
    "2025/payment": "e5da3a10beb5c0b8bb9b35b8695e669e",
    "2025/receipt": "d4c54e190428d5bb2acd06fd3dbec90b",
    "2025/receipt-blank": "94d20f67784ec18ceeb4b9c364f9fe52",
    "2025/refusal": "b5e89d726f235c6c9470ec92e74be87b",
    "2025/register": "9bbef1610f9cb56edd8c97dcf6fc4e55",
    "2025/return": "7aa9ff218ecd049bb4bc1fa2023e319d",
    "2025/stop": "149f9e55ca0f4714d3feeb02e0c0eb84",
    "2025/supplement": "f84ae8fd0698c7bbfc61a1edf5973b79",
    "2025/supplement-receipt": "72a7c1e8bda41bb3a7c1653c0dbb0675",
}


def test_released_forms_are_unchanged() -> None:
    """The files are the only record of what earlier releases printed."""
    library = shipped_library()
    for key, digest in RELEASED.items():
        form_set, _, form = key.partition("/")
        first = next(each.valid_from for each in library.sets if each.key == form_set)
        assert library.version(form_set, form, first).digest == digest, key
