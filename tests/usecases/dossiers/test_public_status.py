"""What the citizens' screen tells: nothing of who somebody is, and only to who holds the receipt."""

from datetime import timedelta

import pytest

from app.models.enums import SatisfactionFace
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from app.usecases.dossiers.public_status import GetPublicStatus, get_public_status
from tests.support.offices import MORNING, PERSON, Desk


def look(desk: Desk, text: str):  # type: ignore[no-untyped-def]
    return desk.office.read(get_public_status, GetPublicStatus(text), MORNING + timedelta(days=2))


def test_the_steps_of_a_dossier_without_its_person(desk: Desk) -> None:
    taken = desk.take_in()
    for text in (taken.key, taken.code, taken.code.replace("-", "").replace(".", "")):
        found = look(desk, text)
        assert (found.code, found.name, found.stage, found.may_rate) == (taken.code, "Đ… T… Ẫ…", 0, False)
        assert not any(str(PERSON[told]) in str(found) for told in ("name", "id_number", "phone", "address"))


def test_what_is_ready_may_be_judged_once(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "finish")
    assert (look(desk, code).stage, look(desk, code).may_rate) == (2, True)
    desk.act(code, "return")
    assert (look(desk, code).state, look(desk, code).stage) == ("Đã trả kết quả", 3)
    desk.office.write(rate_dossier, RateDossier(code, SatisfactionFace.SATISFIED), MORNING)
    assert look(desk, code).may_rate is False


CARD = "048190004217||Đào Thị Ẫm|17051990|Nữ|Thôn|01012022"


@pytest.mark.parametrize("text", ["", "Đào Thị Ẫm", "0905 123 456", "893456789012", CARD])
def test_nobody_is_found_by_name_number_or_card(desk: Desk, text: str) -> None:
    desk.take_in()
    assert look(desk, text) is None


def test_a_void_dossier_is_none(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "void", note="nhầm")
    assert look(desk, code) is None
