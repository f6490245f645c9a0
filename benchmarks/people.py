"""Invented people of an invented commune."""

from datetime import date
from random import Random
from typing import Any

from app.models.enums import Gender, PersonKind
from app.models.people import Person

_SURNAMES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đào",
    "Đoàn",
    "Trịnh",
    "Mai",
    "Tô",
    "Hà",
    "Quách",
    "Lâm",
)
_WEIGHTS = (38, 11, 9, 7, 5, 5, 4, 4, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
_MIDDLES = {
    Gender.MALE: ("Văn", "Đức", "Hữu", "Quang", "Minh", "Thanh", "Công", "Xuân", "Ngọc", "Đình"),
    Gender.FEMALE: ("Thị", "Ngọc", "Thu", "Minh", "Kim", "Thanh", "Mỹ", "Diệu", "Hồng", "Bích"),
}
_GIVEN_NAMES = {
    Gender.MALE: (
        "An",
        "Bình",
        "Cường",
        "Dũng",
        "Đạt",
        "Giang",
        "Hải",
        "Hùng",
        "Khánh",
        "Lâm",
        "Long",
        "Nam",
        "Phong",
        "Phúc",
        "Quân",
        "Sơn",
        "Tài",
        "Thắng",
        "Toàn",
        "Trung",
        "Tuấn",
        "Việt",
        "Vinh",
        "Ẩn",
        "Ưng",
    ),
    Gender.FEMALE: (
        "Ánh",
        "Châu",
        "Chi",
        "Dung",
        "Duyên",
        "Hà",
        "Hạnh",
        "Hiền",
        "Hoa",
        "Hương",
        "Lan",
        "Linh",
        "Loan",
        "Mai",
        "Nga",
        "Ngân",
        "Nhung",
        "Oanh",
        "Phượng",
        "Thảo",
        "Thủy",
        "Trang",
        "Vân",
        "Yến",
        "Ỷ",
    ),
}
_HAMLETS = ("Đoài", "Thượng", "Hạ", "Trung", "Đông", "Tây", "Nội", "Ngoại", "Bến", "Chợ", "Đình", "Gò")
_FIRST_BIRTH = date(1945, 1, 1).toordinal()
_LAST_BIRTH = date(2005, 12, 31).toordinal()


def invent_person(rng: Random) -> Person:
    """Return a citizen whose number agrees with birth date and gender."""
    gender = rng.choice((Gender.MALE, Gender.FEMALE))
    birth = date.fromordinal(rng.randint(_FIRST_BIRTH, _LAST_BIRTH))
    century = (0 if birth.year < 2000 else 2) + (gender is Gender.FEMALE)
    surname = rng.choices(_SURNAMES, _WEIGHTS)[0]
    return Person(
        kind=PersonKind.CITIZEN,
        name=f"{surname} {rng.choice(_MIDDLES[gender])} {rng.choice(_GIVEN_NAMES[gender])}",
        id_number=f"048{century}{birth.year % 100:02d}{rng.randrange(1_000_000):06d}",
        birth=birth.isoformat(),
        gender=gender,
        phone=f"09{rng.randrange(100_000_000):08d}",
        address=f"Thôn {rng.choice(_HAMLETS)}, xã Kiểm Thử",
    )


def to_intake_line(person: Person) -> dict[str, Any]:
    """Return the person as in an intake line."""
    return {
        "kind": person.kind.value,
        "name": person.name,
        "id_number": person.id_number,
        "birth_date": person.birth,
        "gender": None if person.gender is None else person.gender.value,
        "phone": person.phone,
        "address": person.address,
    }
