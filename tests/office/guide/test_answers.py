"""Answers of the guide between starts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.office.guide.answers import Answers, GuidePage, from_text, to_text
from app.office.guide.store import forget_answers, load_answers, save_answers
from tests.office.guide.guide_places import WITH_PEOPLE, places_in

FULL = replace(
    WITH_PEOPLE,
    page=GuidePage.REGISTER,
    shared=True,
    second_backup="E:\\sao lưu",
    fields=("Hộ tịch", "Chứng thực"),
    register="/media/usb/sổ.xlsx",
    founding_in="/srv/Một Cửa",
)


def test_answers_are_the_same_after_a_start(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    assert load_answers(places) == Answers()
    save_answers(places, FULL)
    assert load_answers(places) == FULL
    forget_answers(places)
    assert load_answers(places) == Answers()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "\0", "[" * 100_000, '{"format": "other", "name": "x"}', '{"format": "motcua-guide"}'],
)
def test_unusable_text_gives_empty_answers(text: str) -> None:
    assert from_text(text) == Answers()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", 7),
        ("page", "gone"),
        ("page", ["start"]),
        ("hours", {"mon": ["07:30-11:30", ""]}),
        ("hours", []),
        ("people", "x"),
        ("shared", "yes"),
        ("fields", {"a": 1}),
        ("founding_in", None),
    ],
)
def test_wrong_value_loses_only_its_own_answer(key: str, value: object) -> None:
    values = json.loads(to_text(FULL))
    read = from_text(json.dumps({**values, key: value}))
    assert read == replace(FULL, **{key: getattr(Answers(), key)})


def test_person_of_an_unknown_role_is_left_out() -> None:
    values = json.loads(to_text(FULL))
    values["people"] = [{"name": "A", "role": "wizard"}, 3, *values["people"]]
    assert from_text(json.dumps(values)).people == FULL.people


def test_answers_file_that_cannot_be_read_is_ignored(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    places.state.mkdir(parents=True)
    places.answers.write_bytes(b"\xff\xfe\x00")
    assert load_answers(places) == Answers()
    places.answers.unlink()
    places.answers.mkdir()
    assert load_answers(places) == Answers()
