"""The recovery key as typed: errors are reported with their group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.keys.recovery import ALPHABET, GROUPS, new_recovery_key, recovery_bytes
from app.models.errors import Refusal

PLACES = st.integers(0, GROUPS * 5 - 1)


def refusal(text: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        recovery_bytes(text)
    return caught.value


def test_keys_have_160_bits_and_differ() -> None:
    keys = {recovery_bytes(new_recovery_key()) for _ in range(200)}
    assert len(keys) == 200 and {len(key) for key in keys} == {20}


def test_key_is_read_in_any_spelling() -> None:
    key = new_recovery_key()
    plain = recovery_bytes(key)
    for typed in (key.lower(), key.replace("-", ""), f"  {key.replace('-', ' – ')}\r\n", key.replace("0", "O")):
        assert recovery_bytes(typed) == plain
    assert recovery_bytes(key.replace("1", "l")) == recovery_bytes(key.replace("1", "I")) == plain


@given(PLACES, st.sampled_from(ALPHABET))
def test_wrong_character_is_located_by_group(place: int, character: str) -> None:
    key = new_recovery_key().replace("-", "")
    if key[place] == character:
        return
    error = refusal(key[:place] + character + key[place + 1 :])
    assert (error.code, error.values["group"]) == ("recovery_key_group", place // 5 + 1)


@given(PLACES)
def test_swapped_characters_are_detected(place: int) -> None:
    characters = list(new_recovery_key().replace("-", ""))
    other = place + 1 if place % 5 < 4 else place - 1
    if characters[place] == characters[other]:
        return
    characters[place], characters[other] = characters[other], characters[place]
    assert refusal("".join(characters)).code == "recovery_key_group"


@given(st.permutations(range(GROUPS)))
def test_reordered_groups_are_detected(order: list[int]) -> None:
    groups = new_recovery_key().split("-")
    if order != sorted(order) and len(set(groups)) == GROUPS:
        assert refusal("-".join(groups[n] for n in order)).code == "recovery_key_group"


@given(st.text(max_size=80))
def test_any_other_text_is_refused(text: str) -> None:
    assert refusal(text).code in ("recovery_key_shape", "recovery_key_group")
