"""Why a day is what it is, where nobody wrote a reason beside it."""


def day_reason(text: str, made_up: bool) -> str:
    """The holiday's name or the decision's words; without words, the country's make-up day or the office's decision."""
    return text or ("Làm bù theo lịch nghỉ cả nước" if made_up else "Theo quyết định của cơ quan")
