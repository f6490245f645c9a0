"""A training office and its citizens; all data is fictitious."""

from collections.abc import Mapping
from typing import Any

CLERK = "Trần Thị Bình"
DEMO_OFFICE = """\
name = "UBND xã Kiểm Thử"
parent = "UBND tỉnh Mẫu"
province = "Tỉnh Mẫu"
place = "Kiểm Thử"
agency_code = "H29.12"
workstation = 1
address = "Số 1, thôn Đoài, xã Kiểm Thử"
phone = "0200 000 001"
centre = "Trung tâm Phục vụ hành chính công"
slogan = "Hành chính phục vụ"
head = "Lê Văn Mẫu"

[hours]
mon = ["07:30-11:30", "13:30-17:00"]
tue = ["07:30-11:30", "13:30-17:00"]
wed = ["07:30-11:30", "13:30-17:00"]
thu = ["07:30-11:30", "13:30-17:00"]
fri = ["07:30-11:30", "13:30-17:00"]

[admin]
name = "Trần Thị Bình"
"""


def _citizen(name: str, number: str, birth: str, gender: str, phone: str, address: str) -> dict[str, Any]:
    return {
        "kind": "citizen",
        "name": name,
        "id_number": number,
        "birth_date": birth,
        "gender": gender,
        "phone": phone,
        "address": f"{address}, xã Kiểm Thử",
    }


_YEN = _citizen("Huỳnh Thị Ẫm Ỷ", "048199004217", "1999-03-08", "female", "0905 000 101", "Thôn Đoài")
_SAU = _citizen(
    "Nguyễn Đặng Hoàng Phương Thảo Nguyên Sáu", "040170000123", "1970", "female", "0912 000 102", "Thôn Thượng"
)
_KHANH = _citizen("Trương Quốc Khánh", "049085000345", "1985-09-02", "male", "0983 000 103", "Thôn Hạ")
_HOA = _citizen("Phạm Thị Ngọc Hoa", "048192000456", "1992-12-24", "female", "0935 000 104", "Thôn Trung")
_DUC = _citizen("Đỗ Minh Đức", "051088000567", "1988-07-15", "male", "0977 000 105", "Thôn Đông")
_LAN = _citizen("Võ Thị Lan", "046165000678", "1965-05-19", "female", "0918 000 106", "Thôn Tây")
_TAM = _citizen("Bùi Văn Tám", "040058000789", "1958", "male", "0944 000 107", "Thôn Nam")
_MY = _citizen("Lý Ngọc Mỹ", "048301000890", "2001-01-31", "female", "0386 000 108", "Thôn Bắc")

VISITS: tuple[Mapping[str, Any], ...] = (
    {"procedure": "1.001193", "channel": "direct", "applicant": _YEN, "fee": 8000},
    {
        "procedure": "1.004873",
        "channel": "post",
        "applicant": _SAU,
        "submitter": _KHANH,
        "principal": {
            "name": _SAU["name"],
            "address": _SAU["address"],
            "id_number": _SAU["id_number"],
            "phone": _SAU["phone"],
            "email": "",
            "authority": "Giấy ủy quyền ngày 02/01/2026",
        },
        "quantity": 2,
        "return_by": "post",
        "term": {"limit": 3, "unit": "working_day"},
        "fee": 15000,
        "note": "Công dân hẹn nhận qua bưu chính",
    },
    {"procedure": "2.000815", "channel": "direct", "applicant": _HOA, "quantity": 3, "at_once": True},
    {"procedure": "1.000894", "channel": "direct", "applicant": _KHANH, "fee": 0},
    {"procedure": "1.001699", "channel": "direct", "applicant": _TAM},
    {"procedure": "1.000656", "channel": "direct", "applicant": _LAN, "fee": 0},
    {"procedure": "1.001193", "channel": "online", "applicant": _MY, "alias": "H29-DVC-000123", "fee": 0},
    {"procedure": "2.000635", "channel": "direct", "applicant": _DUC, "term": {"limit": 1, "unit": "working_day"}},
    {"procedure": "1.004873", "channel": "direct", "applicant": _HOA, "term": {"limit": 3, "unit": "working_day"}},
    {"procedure": "1.001699", "channel": "post", "applicant": _SAU},
    {"procedure": "2.000815", "channel": "direct", "applicant": _LAN, "quantity": 5},
    {"procedure": "1.000894", "channel": "direct", "applicant": _DUC, "fee": 0},
)
"""The visits of one week, as intake lines."""
