"""Text of a calendar day."""


def day_reason(text: str, is_make_up: bool) -> str:
    """Return the reason for the state of a day.

    This is the name of the holiday or the text of the decision. Without text it is the national make-up day or a
    decision of the office.
    """
    return text or ("Làm bù theo lịch nghỉ cả nước" if is_make_up else "Theo quyết định của cơ quan")
