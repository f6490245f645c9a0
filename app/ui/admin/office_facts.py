"""Facts of the office file as captions and texts."""

from app.office.desk import SessionFacts
from app.settings import WEEKDAYS, Office

_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
Pairs = tuple[tuple[str, str], ...]


def identity_pairs(facts: SessionFacts) -> Pairs:
    """Return facts of the office, this desk and this database."""
    office = facts.office
    return (
        ("Cơ quan", facts.office_name),
        ("Cấp trên", facts.parent),
        ("Mã cơ quan", f"{office.agency_code} · quầy {facts.workstation}"),
        ("Địa chỉ", office.address),
        ("Điện thoại", office.phone),
        ("Người đang làm", facts.actor),
        ("Dữ liệu", "Tập huấn: giấy có chữ MẪU" if facts.training else "Chính thức"),
        ("Thư mục", str(facts.folder)),
    )


def paper_pairs(office: Office) -> Pairs:
    """Return facts about papers, signers and office hours."""
    signer = office.signer if office.signer != office.head else f"{office.head} (thủ trưởng)"
    return (
        ("Người ký", signer),
        ("Thủ trưởng", office.head),
        ("Nơi ghi ngày", office.place),
        ("Trung tâm", office.centre),
        ("Khẩu hiệu", office.slogan),
        ("Giờ hẹn trả", f"{office.due_time:%H:%M}" if office.due_time else "hết giờ làm việc của ngày hẹn"),
        ("Giờ làm việc", "\n".join(hours_lines(office))),
    )


def hours_lines(office: Office) -> tuple[str, ...]:
    """Return the office hours, one line for consecutive days with equal hours.

    Example: «Thứ Hai – Thứ Sáu: 07:30-11:30, 13:30-17:00».
    """
    lines: list[tuple[int, int, tuple[str, ...]]] = []
    for place, name in enumerate(WEEKDAYS):
        spans = tuple(office.hours.get(name, ()))
        if not spans:
            continue
        if lines and lines[-1][1] == place - 1 and lines[-1][2] == spans:
            lines[-1] = (lines[-1][0], place, spans)
        else:
            lines.append((place, place, spans))
    return tuple(f"{_day_span(first, last)}: {', '.join(spans)}" for first, last, spans in lines) or ("chưa ghi",)


def _day_span(first: int, last: int) -> str:
    days = _DAYS[first] if first == last else f"{_DAYS[first]} – {_DAYS[last]}"
    return f"{days} (chỉ tiếp nhận)" if first >= len(_DAYS) - 2 else days
