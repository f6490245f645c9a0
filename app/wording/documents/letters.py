"""Reasons on official letters where none was typed."""

INCOMPLETE = "Hồ sơ chưa đầy đủ, chưa đúng theo quy định của thủ tục hành chính nêu trên"
NO_REASON = "Theo nguyện vọng của người nộp hồ sơ"


def with_full_stop(reason: str) -> str:
    """Return a typed reason as a sentence with its full stop."""
    text = reason.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."
