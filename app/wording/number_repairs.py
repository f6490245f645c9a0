"""Words about the desk's counter of a day, and about its repair by two people."""

from datetime import date, datetime

from app.models.instants import local


def counter_lines(day: date, desk: int, counter: tuple[int, int], allowed: tuple[int, int]) -> tuple[str, ...]:
    """How the counter stands (last given, highest on a paper), and from which number to which the next may be set."""
    given, highest = counter
    lines = [f"Ngày {day:%d/%m/%Y}, quầy {desk}: đã cấp tới số {given}, trên giấy cao nhất là số {highest}."]
    if given < highest:
        lines.append(f"Bộ đếm thấp hơn số đã có trên giấy: hai người đặt số kế tiếp từ {allowed[0]}.")
    lines.append(f"Đặt được số kế tiếp từ {allowed[0]} đến {allowed[1]}.")
    return tuple(lines)


def repair_line(
    day: date, desk: int, numbers: tuple[int, int], people: tuple[str, str | None], at: datetime, reason: str
) -> str:
    """One repair as the register tells it: which number would have come next, which came instead, by whose word and
    why. Those between are not called left out: papers may bear them."""
    before, after = numbers
    names = " và ".join(name for name in people if name)
    said = f"Ngày {day:%d/%m/%Y}, quầy {desk}: số kế tiếp từ {before} thành {after}"
    return f"{said}; {names} đặt lúc {local(at):%H:%M %d/%m/%Y}. Lý do: {reason}"


def head_line(heads: list[tuple[int, int, str]]) -> str:
    """Where each desk's journal ended as the page was printed: `1-214-0f3a…`."""
    return "Nhật ký đến: " + ", ".join(f"{desk}-{sequence}-{digest[:16]}" for desk, sequence, digest in heads)
