"""Proof of a promised date, one line per step.

The lines are the same on screen, on paper and in JSON.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from app.models.errors import Message, Scalar

Values = Mapping[str, Scalar]

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
UNITS = {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ"}
REASONS = {
    "weekend": "nghỉ hằng tuần",
    "closed": "cơ quan không làm việc",
    "reception": "chỉ tiếp nhận hồ sơ, không tính vào thời hạn",
    "holiday": "nghỉ lễ",
    "make_up": "ngày làm bù",
    "decision": "theo quyết định của cơ quan",
}
"""Reason why a day is off, reception only, or worked; an ordinary working day has none."""


def proof_lines(steps: Sequence[Message]) -> list[str]:
    """Return the lines of a proof, in order.

    A step of a newer program version is shown by its code.
    """
    return [_line(step) for step in steps]


def _line(step: Message) -> str:
    describe = _SENTENCES.get(step.code)
    line = f"Bước tính «{step.code}»." if describe is None else describe(step.values)
    return line[0].upper() + line[1:]


def _day(value: Scalar) -> str:
    day = date.fromisoformat(str(value))
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def _clock(value: Scalar) -> str:
    hour, minute = str(value).split(":")
    return f"{hour} giờ {minute} phút"


def _instant(value: Scalar) -> str:
    at = datetime.fromisoformat(str(value))
    return f"{at:%H} giờ {at:%M} phút, {_day(at.date().isoformat())}"


def _number(value: Scalar) -> str:
    return str(value).replace(".", ",")


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} giờ"] * (hours > 0) + [f"{rest} phút"] * (rest > 0)
    return " ".join(parts)


def _reason(values: Values) -> str:
    return str(values["text"] or REASONS.get(str(values["reason"]), ""))


def _days(values: Values) -> str:
    first, last = _day(values["first"]), _day(values["last"])
    if first == last:
        return first
    apart = date.fromisoformat(str(values["last"])) - date.fromisoformat(str(values["first"]))
    return f"{first} và {last}" if apart.days == 1 else f"từ {first} đến {last}"


def _rule(values: Values) -> str:
    unit = str(values["unit"])
    start = "chỉ tính trong giờ làm việc" if unit == "hour" else "không tính ngày tiếp nhận"
    return f"Thời hạn giải quyết: {_number(values['limit'])} {UNITS[unit]}, {start}."


def _rule_same_day(values: Values) -> str:
    cutoff = _clock(values["cutoff"])
    return f"Thời hạn giải quyết: trong ngày; tiếp nhận sau {cutoff} thì trả trong ngày làm việc tiếp theo."


def _unknown(values: Values) -> str:
    return "Thời hạn giải quyết chưa xác định nên chưa có ngày hẹn trả; đề nghị nhập thời hạn của thủ tục."


def begins_elsewhere(agency: str) -> str:
    """Return why a dossier settled elsewhere has no due date.

    The text follows a colon.
    """
    return f"thời hạn tính từ khi {agency} nhận được hồ sơ"


def _settled_by(values: Values) -> str:
    begins = begins_elsewhere(str(values["agency"]))
    return f"Hồ sơ không phụ thuộc địa giới hành chính: {begins}, nên chưa có ngày hẹn trả."


def _own_desk(values: Values) -> str:
    return f"Bộ phận Một cửa chuyển hồ sơ đến {values['agency']} chậm nhất {_instant(values['at'])}."


def _begins_elsewhere(values: Values) -> str:
    return f"{values['agency']} nhận được hồ sơ lúc {_instant(values['at'])}: thời hạn bắt đầu."


def _decided(values: Values) -> str:
    return f"Thời hạn theo {values['decision']}."


def _late_limit(values: Values) -> str:
    limit = f"{_number(values['limit'])} {UNITS[str(values['unit'])]}"
    return f"Sau hạn {limit} ({_instant(values['at'])}) mới tính là trễ hạn."


def _received(values: Values) -> str:
    return f"Tiếp nhận lúc {_instant(values['at'])}."


def _received_reception(values: Values) -> str:
    return f"Tiếp nhận lúc {_instant(values['at'])}, là ngày chỉ tiếp nhận hồ sơ, không tính vào thời hạn."


def _received_out_of_hours(values: Values) -> str:
    reason = _reason(values)
    outside = f"ngoài giờ làm việc ({reason})" if reason else "ngoài giờ làm việc"
    counted = _instant(values["counted_from"])
    return f"Tiếp nhận {outside} lúc {_instant(values['at'])}: tính như tiếp nhận lúc {counted}."


def _same_day(values: Values) -> str:
    return f"Trả kết quả ngay trong ngày tiếp nhận: {_day(values['day'])}."


def _after_cutoff(values: Values) -> str:
    return f"Tiếp nhận sau {_clock(values['cutoff'])}: trả kết quả trong ngày làm việc tiếp theo."


def _counted(values: Values) -> str:
    reason = _reason(values)
    note = f" ({reason})" if reason else ""
    return f"Ngày làm việc thứ {values['number']}: {_day(values['day'])}{note}."


def _counted_run(values: Values) -> str:
    first, last = (date.fromisoformat(str(values[name])) for name in ("first", "last"))
    gaps = (last - first).days > int(values["until"] or 0) - int(values["number"] or 0)
    note = ", không kể ngày nghỉ hằng tuần" if gaps else ""
    return f"Ngày làm việc thứ {values['number']} đến thứ {values['until']}: {_days(values)}{note}."


def _calendar_day(values: Values) -> str:
    return f"Ngày thứ {values['number']}: {_day(values['day'])}."


def _calendar_run(values: Values) -> str:
    return f"Ngày thứ {values['number']} đến thứ {values['until']}: {_days(values)}, tính cả ngày nghỉ."


def _part_day(values: Values) -> str:
    ends = _clock(values["ends"])
    return f"Tính thêm {_number(values['part'])} ngày làm việc: {_day(values['day'])}, hết lúc {ends}."


def _skipped(values: Values) -> str:
    return f"Không tính {_days(values)}: {_reason(values)}."


def _ends_off(values: Values) -> str:
    return f"Thời hạn kết thúc vào ngày nghỉ, {_days(values)}: {_reason(values)}."


def _moved(values: Values) -> str:
    return f"Chuyển sang ngày làm việc tiếp theo: {_day(values['day'])}."


def _clock_starts(values: Values) -> str:
    return f"Bắt đầu tính giờ lúc {_instant(values['at'])}."


def _hours(values: Values) -> str:
    begin, end = (datetime.fromisoformat(str(values[name])) for name in ("from", "to"))
    total = _duration(int(values["minutes"] or 0))
    return f"{_day(begin.date().isoformat())}: từ {begin:%H:%M} đến {end:%H:%M}, cộng dồn {total}."


def _hours_run(values: Values) -> str:
    total = _duration(int(values["minutes"] or 0))
    return f"Từ {_instant(values['from'])} đến {_instant(values['to'])}: cộng dồn {total} làm việc."


def _due(values: Values) -> str:
    return f"Hẹn trả kết quả: {_instant(values['at'])}."


def _restarted(values: Values) -> str:
    return f"Đủ hồ sơ bổ sung lúc {_instant(values['at'])}: thời hạn tính lại từ đầu."


def _paused(values: Values) -> str:
    count, unit = int(values["count"] or 0), str(values["unit"])
    length = f"{_duration(count)} làm việc" if unit == "hour" else f"{count} {UNITS[unit]}"
    begun, ended = _instant(values["from"]), _instant(values["to"])
    return f"Tạm dừng từ {begun} đến {ended}: không tính {length} vào thời hạn."


def _promised_again(values: Values) -> str:
    return f"Đã xin lỗi {_day(values['on'])} và hẹn lại: {_instant(values['at'])}."


def _calendar(values: Values) -> str:
    return f"Theo lịch làm việc của cơ quan biết đến {_day(values['known_on'])}."


_SENTENCES: Mapping[str, Callable[[Values], str]] = {
    "term_rule": _rule,
    "term_rule_same_day": _rule_same_day,
    "term_unknown": _unknown,
    "term_settled_by": _settled_by,
    "term_own_desk": _own_desk,
    "term_begins_elsewhere": _begins_elsewhere,
    "term_received": _received,
    "term_received_reception": _received_reception,
    "term_received_out_of_hours": _received_out_of_hours,
    "term_same_day": _same_day,
    "term_after_cutoff": _after_cutoff,
    "term_day": _counted,
    "term_days": _counted_run,
    "term_calendar_day": _calendar_day,
    "term_calendar_days": _calendar_run,
    "term_part_day": _part_day,
    "term_skipped": _skipped,
    "term_ends_off": _ends_off,
    "term_moved": _moved,
    "term_clock_starts": _clock_starts,
    "term_hours": _hours,
    "term_hours_days": _hours_run,
    "term_due": _due,
    "term_decided": _decided,
    "term_late_limit": _late_limit,
    "term_restarted": _restarted,
    "term_paused": _paused,
    "term_promised_again": _promised_again,
    "term_calendar": _calendar,
}
