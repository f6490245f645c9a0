"""Public status at the kiosk: only for a receipt, without personal data."""

from datetime import timedelta

import pytest

from app.models.enums import SatisfactionFace
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from app.usecases.dossiers.public_status import GetPublicStatus, get_public_status
from tests.support.offices import MORNING, PERSON, Desk


def look(desk: Desk, text: str):
    return desk.office.read(get_public_status, GetPublicStatus(text), MORNING + timedelta(days=2))


def test_public_status_shows_stage_and_masked_name(desk: Desk) -> None:
    taken = desk.take_in()
    for text in (taken.key, taken.code, taken.code.replace("-", "").replace(".", "")):
        status = look(desk, text)
        assert (status.code, status.name, status.stage, status.may_rate) == (taken.code, "Đ… T… Ẫ…", 0, False)
        assert not any(str(PERSON[name]) in str(status) for name in ("name", "id_number", "phone", "address"))


def test_finished_dossier_may_be_rated_once(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "finish")
    assert (look(desk, code).stage, look(desk, code).may_rate) == (2, True)
    desk.act(code, "return")
    assert (look(desk, code).state, look(desk, code).stage) == ("Đã trả kết quả", 3)
    desk.office.write(rate_dossier, RateDossier(code, SatisfactionFace.SATISFIED), MORNING)
    assert look(desk, code).may_rate is False


CARD = "048190004217||Đào Thị Ẫm|17051990|Nữ|Thôn|01012022"


@pytest.mark.parametrize("text", ["", "Đào Thị Ẫm", "0905 123 456", "893456789012", CARD])
def test_name_number_or_card_has_no_public_status(desk: Desk, text: str) -> None:
    desk.take_in()
    assert look(desk, text) is None


def test_void_dossier_has_no_public_status(desk: Desk) -> None:
    code = desk.take_in().code
    desk.act(code, "void", note="nhầm")
    assert look(desk, code) is None
