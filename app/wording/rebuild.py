"""Words about a dossier that came back from its paper: what the code on it does not tell stands on the paper."""

NAMELESS_PAPER = "Giấy tờ có tên dài (xem trên giấy)"
"""A paper of the code whose name had to be left out."""


def paper_by_place(place: int) -> str:
    """A paper of a list this office no longer knows."""
    return f"Giấy tờ thứ {place} trong danh mục khi nhận (tên: xem trên giấy)"


def rebuilt_note(has_papers: bool, omitted: int) -> str:
    """The note on the intake of a rebuilt dossier: whether its code told address and papers, and how many of their
    texts were too long for it."""
    said = "Dựng lại từ mã QR trên giấy đã in; việc sau khi in: xem trên giấy"
    if not has_papers:
        return f"{said}; địa chỉ, thành phần hồ sơ: xem trên giấy"
    return f"{said}; {omitted} mục chữ dài không có trong mã: xem trên giấy" if omitted else said
