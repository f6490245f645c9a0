"""Invisible characters are refused in every name field."""

import pytest

from app.models.catalogue import read_tsv
from app.models.enums import Role
from app.models.errors import Refusal
from app.services.office_file import office_of_text
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.citizens.feedback import AddFeedback, add_feedback
from tests.support.offices import MORNING, OFFICE, PERSON, Desk

UNSEEN = "Đào Thị\u3164"
PAPER = {"name": "Tờ khai", "handling": "submit", "originals": 1, "copies": 0, "reason": "Kèm theo"}


def refusal_of(desk: Desk, **overrides: object) -> tuple[str, str | None]:
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        desk.take_in(**overrides)
    assert desk.contents() == before
    return refused.value.code, refused.value.field


@pytest.mark.parametrize("field", ["name", "address", "id_number", "phone", "email"])
def test_fields_of_people_are_refused(desk: Desk, field: str) -> None:
    person = {**PERSON, field: UNSEEN}
    assert refusal_of(desk, applicant=person) == ("letters_unseen", f"applicant.{field}")
    assert refusal_of(desk, submitter=person) == ("letters_unseen", f"submitter.{field}")
    principal = {"name": "Lê Văn Hai", "address": "Thôn Đoài", "authority": "Giấy ủy quyền", field: UNSEEN}
    assert refusal_of(desk, principal=principal) == ("letters_unseen", f"principal.{field}")


def test_names_of_papers_and_aliases_are_refused(desk: Desk) -> None:
    assert refusal_of(desk, papers=[{**PAPER, "name": UNSEEN}])[0] == "letters_unseen"
    assert refusal_of(desk, alias="DVC\u3164")[0] == "letters_unseen"


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("send", {"to": UNSEEN}),
        ("amend", {"sets": (("name", UNSEEN),), "note": "Sai"}),
        ("amend", {"sets": (("submitter.name", UNSEEN),), "note": "Sai"}),
    ],
)
def test_names_in_actions_are_refused(desk: Desk, action: str, values: dict[str, object]) -> None:
    code = desk.take_in(submitter=PERSON).code
    with pytest.raises(Refusal, match="letters_unseen"):
        desk.act(code, action, **values)


def test_recipient_of_a_result_is_refused(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "finish")
    with pytest.raises(Refusal, match="letters_unseen"):
        desk.act(code, "return", received_by=UNSEEN)
    assert desk.act(code, "return", received_by="Đào Thị Ẫm").status == "returned"


def test_users_and_senders_are_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="letters_unseen"):
        desk.office.write(add_user, AddUser(UNSEEN, Role.CLERK), MORNING)
    with pytest.raises(Refusal, match="letters_unseen"):
        desk.office.write(add_feedback, AddFeedback("Chờ lâu", sender=UNSEEN), MORNING)


def test_names_of_the_office_and_of_procedures_are_refused() -> None:
    for line in ('name = "UBND xã Thử Nghiệm"', 'head = "Phạm Văn Mẫu"'):
        assert line in OFFICE
        with pytest.raises(Refusal) as refused:
            office_of_text(OFFICE.replace(line, line.replace('" ', '"').replace(' = "', ' = "\u3164')))
        assert refused.value.code == "office_file_unseen"
    _, refused_rows = read_tsv("code\tname\tfield\tlimit\tunit\n1.000001\tĐăng ký\u3164\tHộ tịch\t5\tworking_day\n")
    assert [refusal.code for _, refusal in refused_rows] == ["letters_unseen"]
