"""Text about the number counter of a desk and its repair."""

from datetime import date, datetime

from app.models.instants import local


def counter_lines(day: date, desk: int, counter: tuple[int, int], allowed: tuple[int, int]) -> tuple[str, ...]:
    """Return the state of a counter and the range of its next number.

    `counter` is the last issued number and the highest number on a paper.
    """
    issued, highest = counter
    lines = [f"Ngày {day:%d/%m/%Y}, quầy {desk}: đã cấp tới số {issued}, trên giấy cao nhất là số {highest}."]
    if issued < highest:
        lines.append(f"Bộ đếm thấp hơn số đã có trên giấy: hai người đặt số kế tiếp từ {allowed[0]}.")
    lines.append(f"Đặt được số kế tiếp từ {allowed[0]} đến {allowed[1]}.")
    return tuple(lines)


def repair_line(
    day: date, desk: int, numbers: tuple[int, int], people: tuple[str, str | None], at: datetime, reason: str
) -> str:
    """Return one repair as the register shows it.

    It has the next number before and after, the people and the reason. The numbers between are not reported as skipped
    because papers may have them.
    """
    before, after = numbers
    names = " và ".join(name for name in people if name)
    change = f"Ngày {day:%d/%m/%Y}, quầy {desk}: số kế tiếp từ {before} thành {after}"
    return f"{change}; {names} đặt lúc {local(at):%H:%M %d/%m/%Y}. Lý do: {reason}"


def head_line(heads: list[tuple[int, int, str]]) -> str:
    """Return the end of each desk's journal at printing time.

    Example: `1-214-0f3a…`.
    """
    return "Nhật ký đến: " + ", ".join(f"{desk}-{sequence}-{digest[:16]}" for desk, sequence, digest in heads)
