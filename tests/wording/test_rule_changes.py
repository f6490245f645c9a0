"""Values of rules as a law package shows them."""

import pytest

from app.models.forms import reading, sets
from app.models.law import reliefs, terms
from app.wording.received.packages import cell_words
from app.wording.rules.changes import _CAPTIONS, relief_scope, rule_words

KEYS = (
    *(reading._KEYS, sets._KEYS, reliefs._RELIEF_KEYS),
    *(terms._TERM_KEYS, terms._SUPPLEMENT_KEYS, terms._PLACE_KEYS),
)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("fee_receipt", {"form": "electronic"}, "biên lai điện tử"),
        ("fee_relief", {"name": "X", "percent": 50, "valid_to": "2027-12-31"}, "giảm: 50%; hết ngày: 31/12/2027"),
        ("term", {"limit": 3, "unit": "hour", "late": "law"}, "thời hạn: 3; đơn vị: giờ làm việc; tính trễ theo: luật"),
        (
            "supplement_rule",
            {"after": "stop", "late_answer": False},
            "hết hạn bổ sung: dừng giải quyết; nhận bổ sung muộn: không",
        ),
        ("feedback_term", {"working_days": 7, "valid_from": "2027-03-01"}, "7 ngày làm việc; từ ngày: 01/03/2027"),
        ("form", {"added": [{"block": "text"}]}, "thêm vào mẫu: 1 phần"),
        ("unknown", {"new_name": 1}, "new_name: 1"),
    ],
)
def test_words(kind, value, words):
    assert rule_words(kind, value) == words


def test_every_key_of_a_rule_has_a_caption():
    assert set().union(*KEYS) - {"name"} <= set(_CAPTIONS)


def test_cells_of_a_procedure_are_read_in_words() -> None:
    cells = {
        "fee_vnd": "4000",
        "channel_fees": "online:1500 ; post:5000",
        "fee_rule": "per_page:2000,2,1000,200000",
        "unit": "working_day",
        "boundary_free": "1",
        "supplement_clock": "pause",
        "route": "",
    }
    assert cell_words(cells) == (
        "phí: 4000; phí theo kênh: trực tuyến 1500, bưu chính 5000; "
        "phí theo trang: 2000 đ một trang, sau trang 2 là 1000 đ, nhiều nhất 200000 đ một bản; "
        "đơn vị: ngày làm việc; không phụ thuộc địa giới: có; tính lại khi bổ sung: tạm dừng; nơi giải quyết: chưa có"
    )


def test_field_without_a_value_is_left_out() -> None:
    value = {"name": "Hộ nghèo", "percent": 50, "channels": None, "max_age": None, "valid_to": None}
    assert rule_words("fee_relief", value) == "giảm: 50%"
    assert relief_scope(value) == ""
    assert rule_words("notice", {"text": "Đã nhận.", "valid_to": None}) == "Đã nhận."
