"""Vietnamese lines of a proof."""

from datetime import date, time
from decimal import Decimal

import pytest

from app.models.calendar import DayReason, Decision, WorkCalendar, parse_hours
from app.models.enums import DayKind, TermUnit
from app.models.errors import Message
from app.models.instants import office_instant
from app.models.workdays import Term, promise
from app.wording.proof import proof_lines
from tests.support.offices import WEEKDAY_HOURS

HOURS = {**WEEKDAY_HOURS, 5: parse_hours("07:30-11:30")}
HALF_DAY = Decision(date(2026, 3, 13), DayKind.HALF, (), "", date(2026, 1, 5))


def lines(limit: str | None, unit: str, received: str, known_on: str = "2026-01-05", hours=WEEKDAY_HOURS) -> list[str]:
    calendar = WorkCalendar(hours, (HALF_DAY,), date.fromisoformat(known_on), time(16, 30))
    term = Term(None if limit is None else Decimal(limit), TermUnit(unit))
    return proof_lines(promise(term, office_instant(received), calendar).steps)


def test_proof_of_the_new_year_swap():
    assert lines("7", "working_day", "2025-12-24T09:30", known_on="2025-12-25") == [
        "Thời hạn giải quyết: 7 ngày làm việc, không tính ngày tiếp nhận.",
        "Tiếp nhận lúc 09 giờ 30 phút, thứ Tư, 24/12/2025.",
        "Ngày làm việc thứ 1: thứ Năm, 25/12/2025.",
        "Ngày làm việc thứ 2: thứ Sáu, 26/12/2025.",
        "Không tính thứ Bảy, 27/12/2025 và Chủ nhật, 28/12/2025: nghỉ hằng tuần.",
        "Ngày làm việc thứ 3: thứ Hai, 29/12/2025.",
        "Ngày làm việc thứ 4: thứ Ba, 30/12/2025.",
        "Ngày làm việc thứ 5: thứ Tư, 31/12/2025.",
        "Không tính thứ Năm, 01/01/2026: Tết Dương lịch.",
        "Không tính thứ Sáu, 02/01/2026: Công văn 12729/VPCP-KGVX ngày 25/12/2025.",
        "Không tính thứ Bảy, 03/01/2026 và Chủ nhật, 04/01/2026: nghỉ hằng tuần.",
        "Ngày làm việc thứ 6: thứ Hai, 05/01/2026.",
        "Ngày làm việc thứ 7: thứ Ba, 06/01/2026.",
        "Hẹn trả kết quả: 16 giờ 30 phút, thứ Ba, 06/01/2026.",
        "Theo lịch làm việc của cơ quan biết đến thứ Năm, 25/12/2025.",
    ]


EXPECTED_LINES = {
    ("2.5", "working_day", "2026-03-09T10:00"): [
        "Thời hạn giải quyết: 2,5 ngày làm việc, không tính ngày tiếp nhận.",
        "Tính thêm 0,5 ngày làm việc: thứ Năm, 12/03/2026, hết lúc 11 giờ 30 phút.",
    ],
    ("4", "working_day", "2026-03-09T10:00"): [
        "Ngày làm việc thứ 4: thứ Sáu, 13/03/2026 (theo quyết định của cơ quan).",
    ],
    ("1", "working_day", "2026-08-21T10:00"): [
        "Ngày làm việc thứ 1: thứ Bảy, 22/08/2026 (ngày làm bù).",
    ],
    ("1", "working_day", "2026-03-09T18:05"): [
        "Tiếp nhận ngoài giờ làm việc lúc 18 giờ 05 phút, thứ Hai, 09/03/2026: tính như tiếp nhận lúc "
        "07 giờ 30 phút, thứ Ba, 10/03/2026.",
    ],
    ("1", "working_day", "2026-03-15T09:00"): [
        "Tiếp nhận ngoài giờ làm việc (nghỉ hằng tuần) lúc 09 giờ 00 phút, Chủ nhật, 15/03/2026: tính "
        "như tiếp nhận lúc 07 giờ 30 phút, thứ Hai, 16/03/2026.",
    ],
    ("60", "working_day", "2026-01-28T08:30"): [
        "Ngày làm việc thứ 1 đến thứ 12: từ thứ Năm, 29/01/2026 đến thứ Sáu, 13/02/2026, không kể ngày nghỉ hằng tuần.",
        "Ngày làm việc thứ 58 đến thứ 59: thứ Ba, 28/04/2026 và thứ Tư, 29/04/2026.",
    ],
    ("10", "day", "2026-04-21T10:00"): [
        "Thời hạn giải quyết: 10 ngày, không tính ngày tiếp nhận.",
        "Ngày thứ 4: thứ Bảy, 25/04/2026.",
        "Thời hạn kết thúc vào ngày nghỉ, thứ Sáu, 01/05/2026: Ngày Quốc tế Lao động.",
        "Chuyển sang ngày làm việc tiếp theo: thứ Hai, 04/05/2026.",
    ],
    ("30", "day", "2026-03-09T10:00"): [
        "Ngày thứ 1 đến thứ 30: từ thứ Ba, 10/03/2026 đến thứ Tư, 08/04/2026, tính cả ngày nghỉ.",
    ],
    ("8", "hour", "2026-01-09T11:40"): [
        "Thời hạn giải quyết: 8 giờ, chỉ tính trong giờ làm việc.",
        "Bắt đầu tính giờ lúc 13 giờ 30 phút, thứ Sáu, 09/01/2026.",
        "Thứ Sáu, 09/01/2026: từ 13:30 đến 17:00, cộng dồn 3 giờ 30 phút.",
        "Thứ Bảy, 10/01/2026: từ 07:30 đến 14:00, cộng dồn 8 giờ.",
    ],
    ("0.25", "hour", "2026-03-09T09:00"): [
        "Thứ Hai, 09/03/2026: từ 09:00 đến 09:15, cộng dồn 15 phút.",
    ],
    ("200", "hour", "2026-01-09T11:40"): [
        "Từ 07 giờ 30 phút, thứ Hai, 12/01/2026 đến 17 giờ 00 phút, thứ Sáu, 13/02/2026: cộng dồn 198 "
        "giờ 30 phút làm việc.",
    ],
    (None, "same_day", "2026-03-09T10:00"): [
        "Thời hạn giải quyết: trong ngày; tiếp nhận sau 15 giờ 00 phút thì trả trong ngày làm việc tiếp theo.",
        "Trả kết quả ngay trong ngày tiếp nhận: thứ Hai, 09/03/2026.",
    ],
    (None, "same_day", "2026-03-09T15:30"): [
        "Tiếp nhận sau 15 giờ 00 phút: trả kết quả trong ngày làm việc tiếp theo.",
    ],
    (None, "unknown", "2026-03-09T15:30"): [
        "Thời hạn giải quyết chưa xác định nên chưa có ngày hẹn trả; đề nghị nhập thời hạn của thủ tục.",
    ],
}
"""Lines that the proof of a term (limit, unit) and instant of receipt contains."""


@pytest.mark.parametrize(("case", "expected"), EXPECTED_LINES.items())
def test_every_kind_of_step_has_its_line(case, expected):
    proof = lines(*case)
    assert [line for line in proof if line in expected] == expected


def test_reception_saturday_has_its_own_line():
    proof = lines("1", "working_day", "2026-03-14T08:00", hours=HOURS)
    assert proof[1] == (
        "Tiếp nhận lúc 08 giờ 00 phút, thứ Bảy, 14/03/2026, là ngày chỉ tiếp nhận hồ sơ, không tính vào thời hạn."
    )
    skipped = lines("1", "working_day", "2026-03-13T08:00", hours=HOURS)[2]
    assert skipped == "Không tính thứ Bảy, 14/03/2026: chỉ tiếp nhận hồ sơ, không tính vào thời hạn."


def test_every_reason_has_a_text():
    for reason in DayReason:
        if reason is not DayReason.WEEK:
            values = {"first": "2026-03-13", "last": "2026-03-13", "reason": reason.value, "text": ""}
            (line,) = proof_lines([Message("term_skipped", values)])
            assert not line.endswith(": .")


def test_unknown_step_is_shown_by_its_code():
    assert proof_lines([Message("term_moon")]) == ["Bước tính «term_moon»."]
