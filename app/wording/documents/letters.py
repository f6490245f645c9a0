"""Reasons and points on official letters."""

from app.models.enums import PaperFault

INCOMPLETE = "Hồ sơ chưa đầy đủ, chưa đúng theo quy định của thủ tục hành chính nêu trên"
NO_REASON = "Theo nguyện vọng của người nộp hồ sơ"

_FAULT = {PaperFault.MISSING: "còn thiếu", PaperFault.WRONG: "chưa đúng"}


def asked_paper(name: str, fault: PaperFault | None, note: str) -> str:
    """Return the point of a supplement request for one paper.

    Content without a fault is its own sentence.
    """
    if fault is None:
        return name
    return f"{name}: {_FAULT[fault]}{f', {note}' if note else ''}"


def with_full_stop(reason: str) -> str:
    """Return a typed reason as a sentence with its full stop."""
    text = reason.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."
