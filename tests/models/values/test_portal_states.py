"""States of the national portal in a table: numbers of ASCII digits only."""

from app.models.received.portal import read_states


def test_numbers_of_states_are_one_to_ten_in_plain_digits() -> None:
    table = "code,national_status,at\n" + "".join(
        f"A-{place},{status},2026-02-09T08:00\n"
        for place, status in enumerate(("4", "09", "10", "1_0", "٩", "0", "11"))
    )
    words, refused = read_states(table)
    assert [word.national_status for word in words] == [4, 9, 10]
    assert [row for row, _refusal in refused] == [4, 5, 6, 7]
