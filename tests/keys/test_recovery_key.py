"""The recovery key as it is typed from paper: every slip of one letter is found, in the group it is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.keys.recovery import ALPHABET, GROUPS, new_recovery_key, recovery_bytes
from app.models.errors import Refusal

PLACES = st.integers(0, GROUPS * 5 - 1)


def refused(text: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        recovery_bytes(text)
    return caught.value


def test_a_key_is_160_bits_and_no_two_are_alike() -> None:
    keys = {recovery_bytes(new_recovery_key()) for _ in range(200)}
    assert len(keys) == 200 and {len(key) for key in keys} == {20}


def test_it_is_read_however_it_was_typed() -> None:
    key = new_recovery_key()
    plain = recovery_bytes(key)
    for typed in (key.lower(), key.replace("-", ""), f"  {key.replace('-', ' – ')}\r\n", key.replace("0", "O")):
        assert recovery_bytes(typed) == plain
    assert recovery_bytes(key.replace("1", "l")) == recovery_bytes(key.replace("1", "I")) == plain


@given(PLACES, st.sampled_from(ALPHABET))
def test_wrong_character_is_located_by_group(place: int, sign: str) -> None:
    letters = new_recovery_key().replace("-", "")
    if letters[place] == sign:
        return
    error = refused(letters[:place] + sign + letters[place + 1 :])
    assert (error.code, error.values["group"]) == ("recovery_key_group", place // 5 + 1)


@given(PLACES)
def test_swapped_characters_are_detected(place: int) -> None:
    letters = list(new_recovery_key().replace("-", ""))
    other = place + 1 if place % 5 < 4 else place - 1
    if letters[place] == letters[other]:
        return
    letters[place], letters[other] = letters[other], letters[place]
    assert refused("".join(letters)).code == "recovery_key_group"


@given(st.permutations(range(GROUPS)))
def test_groups_in_another_order_are_found(order: list[int]) -> None:
    groups = new_recovery_key().split("-")
    if order != sorted(order) and len(set(groups)) == GROUPS:
        assert refused("-".join(groups[n] for n in order)).code == "recovery_key_group"


@given(st.text(max_size=80))
def test_any_other_text_is_refused(text: str) -> None:
    assert refused(text).code in ("recovery_key_shape", "recovery_key_group")
